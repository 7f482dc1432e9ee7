import { callIntercom } from "./call-intercom.mjs";

callIntercom(process.env.INTERCOM_URL).then((page) => process.stdout.write(page));
