/** Sizes of a page in pixels, at which it has to be good. */
export const LAPTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
