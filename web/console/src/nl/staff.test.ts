import { describe, expect, it } from "vitest";

import { lookWords } from "./staff";

describe("the words for who looked at what", () => {
  it("say what was looked for and which report was taken along", () => {
    expect(lookWords("search lekkage keuken")).toBe("Gezocht: lekkage keuken");
    expect(lookWords("report_file opinions")).toBe("Rapport gedownload: meningen");
  });

  it("never show a key of the server", () => {
    expect(lookWords("resend")).toBe("Bericht opnieuw verstuurd");
    expect(lookWords("something_new")).toBe("Andere handeling");
  });
});
