import { beforeEach, describe, expect, test } from "vitest";
import { chooseVoice, Reader, type Reading } from "../src/reader";
import { piecesOf, spokenText } from "../src/spoken";
import { FakeSpeech, voice } from "./fake-speech";

let speech: FakeSpeech;
let reader: Reader;
let shown: Reading;

function begin(): void {
  reader = new Reader(speech, (reading) => (shown = reading));
  reader.lookForVoice();
}

beforeEach(() => {
  shown = { possible: false, key: null };
  speech = new FakeSpeech();
  begin();
});

describe("the voice", () => {
  test("is Dutch of the Netherlands where there is one", () => {
    expect(chooseVoice([voice("en-US"), voice("nl-BE"), voice("nl-NL")])?.lang).toBe("nl-NL");
  });

  test("is any other Dutch voice rather than none", () => {
    expect(chooseVoice([voice("en-US"), voice("nl-BE")])?.lang).toBe("nl-BE");
    expect(chooseVoice([voice("nl")])?.lang).toBe("nl");
  });

  test("is found under the name Android gives it", () => {
    expect(chooseVoice([voice("nl_BE"), voice("nl_NL")])?.lang).toBe("nl_NL");
  });

  test("is the one the tenant set on the phone", () => {
    const chosen = voice("nl-NL", { name: "eigen", default: true });
    expect(chooseVoice([voice("nl-NL"), chosen])?.name).toBe("eigen");
  });

  test("is never one that sends the words to another company", () => {
    expect(chooseVoice([voice("nl-NL", { localService: false })])).toBeNull();
  });

  test.each([["none"], ["en-US"], ["nln-NL"]])("is missing with only: %s", (lang) => {
    expect(chooseVoice(lang === "none" ? [] : [voice(lang)])).toBeNull();
  });
});

describe("reading aloud", () => {
  test("is offered with a Dutch voice", () => {
    expect(shown).toEqual({ possible: true, key: null });
  });

  test("is not offered where the browser cannot speak", () => {
    const mute = new Reader(null, (reading) => (shown = reading));
    mute.lookForVoice();
    mute.toggle("s1", "Hallo.");
    expect(mute.reading).toEqual({ possible: false, key: null });
  });

  test("is offered once the voices have loaded", () => {
    speech = new FakeSpeech([]);
    begin();
    expect(reader.reading.possible).toBe(false);
    speech.installed = [voice("nl-NL")];
    reader.lookForVoice();
    expect(shown).toEqual({ possible: true, key: null });
  });

  test("says sentence after sentence and then stands still", () => {
    reader.toggle("s1", "Een zin. Nog een zin.");
    expect(shown.key).toBe("s1");
    expect(speech.pieces()).toEqual(["Een zin."]);
    speech.finish();
    expect(speech.pieces()).toEqual(["Een zin.", "Nog een zin."]);
    speech.finish();
    expect(shown.key).toBeNull();
  });

  test("stops when asked again", () => {
    reader.toggle("s1", "Een zin. Nog een zin.");
    reader.toggle("s1", "Een zin. Nog een zin.");
    expect(shown.key).toBeNull();
    expect(speech.stops).toBe(1);
    expect(speech.pieces()).toEqual(["Een zin."]);
  });

  test("of another message ends the first", () => {
    reader.toggle("s1", "Eerste. Tweede.");
    reader.toggle("s2", "Derde.");
    expect(shown.key).toBe("s2");
    expect(speech.pieces()).toEqual(["Eerste.", "Derde."]);
    speech.finish();
    expect(shown.key).toBeNull();
  });

  test("gives up when the phone cannot say it", () => {
    reader.toggle("s1", "Een zin. Nog een zin.");
    speech.finish(false);
    expect(shown.key).toBeNull();
    expect(speech.pieces()).toEqual(["Een zin."]);
  });

  test("ends when the voice is taken off the phone", () => {
    reader.toggle("s1", "Een zin.");
    speech.installed = [];
    reader.lookForVoice();
    expect(shown).toEqual({ possible: false, key: null });
  });

  test("leaves other sound alone when nothing is being read", () => {
    reader.stop();
    expect(speech.stops).toBe(0);
  });
});

describe("what is said", () => {
  test("is the text and then the choices, each with a rest", () => {
    const text = spokenText("Waar gaat het over?", ["Hoe kan ik betalen?", "Iets anders"]);
    expect(piecesOf(text)).toEqual(["Waar gaat het over?", "De keuzes zijn:", "Hoe kan ik betalen?", "Iets anders"]);
  });

  test("has no signs of a web address in it", () => {
    expect(spokenText("Kijk op https://www.delinde.example/huur.", [])).toBe("Kijk op delinde.example/huur.");
  });

  test("keeps numbers, amounts and times in one piece", () => {
    expect(piecesOf("Bel 085 000 12 34. U betaalt € 1.250,00 om 9.30 uur!")).toEqual([
      "Bel 085 000 12 34.",
      "U betaalt € 1.250,00 om 9.30 uur!",
    ]);
  });

  test("is cut where a phone would refuse it, between words", () => {
    const long = "woord ".repeat(400).trim();
    const pieces = piecesOf(long);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(300);
    expect(pieces.join(" ")).toBe(long);
    expect(piecesOf("x".repeat(700)).join("")).toBe("x".repeat(700));
  });

  test("is nothing for an empty message", () => {
    expect(piecesOf(" \n ")).toEqual([]);
    reader.toggle("s1", " ");
    expect(reader.reading.key).toBeNull();
  });
});
