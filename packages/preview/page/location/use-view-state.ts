import { useCallback, useEffect, useState } from "react";
import type { ViewState } from "./view-state.ts";
import { formatViewState, parseViewState } from "./view-state.ts";

/** Changes part of the address. */
export type Navigate = (change: Partial<ViewState>) => void;

/** The address as state: what a person chose survives a reload, the back button and a copied link. */
export function useViewState(): readonly [ViewState, Navigate] {
  const [state, setState] = useState(() => parseViewState(window.location));
  useEffect(() => {
    const read = (): void => setState(parseViewState(window.location));
    window.addEventListener("popstate", read);
    return () => window.removeEventListener("popstate", read);
  }, []);
  const navigate = useCallback<Navigate>((change) => {
    window.history.pushState(null, "", formatViewState({ ...parseViewState(window.location), ...change }));
    setState(parseViewState(window.location));
  }, []);
  return [state, navigate];
}
