/** Every word a tenant reads or hears from this element. Plain Dutch, "u", short sentences. */

import type { HolderState } from "./types";

export const nl = {
  title: "Chat",
  titleWith: (corporation: string) => `Chat met ${corporation}`,
  launcher: "Chat met ons",
  launcherHint: "Digitale assistent",
  unread: (n: number) => (n === 1 ? "1 nieuw bericht" : `${n} nieuwe berichten`),
  close: "Chat sluiten",
  log: "Gesprek",
  today: "Vandaag",
  yesterday: "Gisteren",
  newWindow: "(opent in een nieuw venster)",
  readOn: "Verder lezen",

  you: "U",
  assistant: "Digitale assistent",
  notice: "Melding",
  person: "Medewerker",
  personNamed: (name: string) => `${name}, medewerker`,

  status: {
    bot: "U praat met een digitale assistent",
    waiting: "U wacht op een medewerker",
    closed: "Dit gesprek is gesloten",
  },
  statusHeld: (name: string | null) =>
    name ? `U praat met ${name}, medewerker` : "U praat met een medewerker",

  assistantBusy: "De assistent zoekt het op",
  personTyping: (name: string | null) => `${name ?? "De medewerker"} typt`,

  choices: "Kies een antwoord",
  choicesSpoken: (titles: readonly string[]) => `Keuzes: ${titles.join(", ")}.`,
  chosen: "gekozen",

  readAloud: "Lees voor",
  choicesAloud: "De keuzes zijn:",
  textSize: "Tekst:",
  textSizes: {
    normal: "gewone letters",
    large: "grote letters",
    largest: "heel grote letters",
  },

  askPerson: "Ik wil een medewerker",
  input: "Uw bericht",
  placeholder: "Typ uw vraag",
  send: "Verstuur",

  photo: "Foto",
  takePhoto: "Foto maken",
  choosePhoto: "Foto kiezen",
  photoQuestion: "Wilt u deze foto versturen?",
  sendPhoto: "Verstuur foto",
  dropPhoto: "Weg",
  back: "Terug",
  ownPhoto: "Uw foto",
  theirPhoto: "Foto van de medewerker",
  openFile: "Document openen",
  showPhoto: "Foto bekijken",
  photoBusy: "Even geduld. Uw foto wordt klaargemaakt.",
  photoProgress: "Uw foto wordt verstuurd",
  photoSent: "Uw foto is verstuurd.",
  photoTooBig: "Deze foto is te groot. Kies een kleinere foto.",
  notAPhoto: "Wij kunnen dit bestand niet openen. Kies een andere foto.",
  tooLong: (length: number, max: number) =>
    `Uw bericht is te lang: ${format(length)} tekens. Er passen ${format(max)} tekens in. Maak het korter.`,

  delivery: {
    waiting: "wordt verstuurd",
    sending: "wordt verstuurd",
    sent: "verstuurd",
    failed: "niet verstuurd",
  },
  notSent: (text: string, problem: string) => `Niet verstuurd: ${text.slice(0, 60)}. ${problem}`,
  remedy: {
    retry: "Opnieuw proberen",
    edit: "Bericht aanpassen",
    remove: "Weghalen",
  },

  opening: "Even geduld. De chat wordt geopend.",
  offline: "Geen verbinding. Uw bericht wordt bewaard en later verstuurd.",
  trouble: "Er is een storing. Uw bericht wordt bewaard en later verstuurd.",
  tooFast: (seconds: number) =>
    seconds === 1
      ? "U stuurt snel veel berichten. Uw bericht wordt over 1 seconde verstuurd."
      : `U stuurt snel veel berichten. Uw bericht wordt over ${seconds} seconden verstuurd.`,
  gone: "Dit gesprek bestaat niet meer. Begin een nieuw gesprek.",
  startNew: "Nieuw gesprek beginnen",

  problem: {
    empty: "Uw bericht is leeg. Typ eerst uw vraag.",
    tooLong: "Uw bericht is te lang. Maak het korter.",
    conflict: "Dit bericht is niet goed aangekomen. Probeer het opnieuw.",
    refused: "Dit bericht kan niet verstuurd worden.",
  },
} as const;

export function statusLine(state: HolderState, name: string | null): string {
  return state === "held" ? nl.statusHeld(name) : nl.status[state];
}

function format(n: number): string {
  return n.toLocaleString("nl-NL");
}
