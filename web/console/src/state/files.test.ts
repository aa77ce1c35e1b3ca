import { describe, expect, it } from "vitest";

import type { MessageFile } from "../api/types";
import { message } from "../testing/samples";
import { absence, awaited, sizeInWords } from "./files";

function file(part: Partial<MessageFile> = {}): MessageFile {
  return { id: "f1", kind: "photo", state: "kept", content_type: "image/jpeg", size: 10, detail: "", name: "", of_staff: false, ...part };
}

describe("the files of a message in words", () => {
  it("a size is read in kB or MB, with a comma", () => {
    expect(sizeInWords(10)).toBe("1 kB");
    expect(sizeInWords(300_000)).toBe("293 kB");
    expect(sizeInWords(2_600_000)).toBe("2,5 MB");
  });

  it("what is kept needs no words, what is not here says why", () => {
    expect(absence(file())).toBeNull();
    expect(absence(file({ state: "waiting" }))).toBe("Foto wordt opgehaald");
    expect(absence(file({ state: "refused", detail: "too_large" }))).toBe("Foto is te groot en niet bewaard");
    expect(absence(file({ state: "gone", kind: "voice", detail: "new_key" }))).toBe("Spraakbericht is er niet meer");
  });

  it("a conversation waits for a file until it is kept or refused", () => {
    expect(awaited([message(1), message(2, { files: [file()] })])).toBe(false);
    expect(awaited([message(1, { files: [file(), file({ state: "waiting" })] })])).toBe(true);
  });
});
