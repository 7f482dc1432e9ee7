import { createTargetReader, DEFAULT_API_HOSTS } from "@intercom-telemetry/core";
import { expect, it } from "vitest";
import { endingOfResponse } from "../../packages/axios/src/ending.ts";

const readTarget = createTargetReader(DEFAULT_API_HOSTS);
const isOtherHost = (url: string): boolean => readTarget(url) === undefined;

it.each([
  ["the base itself", "https://api.intercom.io/contacts/1", false],
  ["another region", "https://api.eu.intercom.io/contacts/1", false],
  ["a host whose name only starts like the base", "https://api.intercom.io.evil.example/contacts/1", true],
  ["the base as a user's name", "https://api.intercom.io@evil.example/contacts/1", true],
  ["another host", "https://downloads.example/file", true],
])("a response that came from %s", (_, responseUrl, fromOtherHost) => {
  const response = { status: 200, headers: {}, data: "{}", request: { res: { responseUrl } } };
  for (const base of ["https://api.intercom.io", undefined])
    expect(endingOfResponse(response, isOtherHost, base)).toMatchObject({ status: 200, fromOtherHost });
});

it("a response below the base that its request had is not looked at any closer", () => {
  const response = { status: 200, request: { res: { responseUrl: "https://api.intercom.io/me" } } };
  const never = (): boolean => expect.unreachable("the base says it");
  expect(endingOfResponse(response, never, "https://api.intercom.io")).toMatchObject({
    fromOtherHost: false,
  });
});
