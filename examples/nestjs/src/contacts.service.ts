import type { HttpService } from "@nestjs/axios";
import { firstValueFrom } from "rxjs";

/** Calls Intercom as any NestJS service does, through observables or through axios itself. */
export class ContactsService {
  readonly #http: HttpService;

  constructor(http: HttpService) {
    this.#http = http;
  }

  /** @returns the id of the new contact. */
  async create(email: string): Promise<string> {
    const response = this.#http.post<{ id: string }>("/contacts", { role: "user", email });
    return (await firstValueFrom(response)).data.id;
  }

  async readEmail(id: string): Promise<string> {
    const { data } = await this.#http.axiosRef.get<{ email: string }>(`/contacts/${encodeURIComponent(id)}`);
    return data.email;
  }
}
