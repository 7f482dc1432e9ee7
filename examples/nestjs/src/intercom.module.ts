import { instrumentIntercom } from "@intercom-telemetry/axios";
import { HttpModule, HttpService } from "@nestjs/axios";
import { Module } from "@nestjs/common";
import { register } from "prom-client";
import { ContactsService } from "./contacts.service.ts";

/** Where Intercom is and how to be let in; from your configuration. */
export interface IntercomSettings {
  readonly baseURL: string;
  readonly token: string;
}

const settings = (): IntercomSettings => ({
  baseURL: process.env.INTERCOM_URL ?? "https://api.intercom.io",
  token: process.env.INTERCOM_ACCESS_TOKEN ?? "",
});

@Module({
  imports: [
    HttpModule.registerAsync({
      useFactory: () => {
        const { baseURL, token } = settings();
        return { baseURL, headers: { Authorization: `Bearer ${token}` }, timeout: 25_000 };
      },
    }),
  ],
  providers: [
    {
      provide: ContactsService,
      inject: [HttpService],
      useFactory: (http: HttpService) => {
        // The one line: every module that imports HttpModule has its own axios instance.
        instrumentIntercom(http.axiosRef, {
          client: "nest",
          hosts: [settings().baseURL],
          registry: register,
        });
        return new ContactsService(http);
      },
    },
  ],
  exports: [ContactsService],
})
export class IntercomModule {}
