// Words of writing: replies to choose from, macros, plain Dutch, SMS, mentions.

export const composer = {
  pick: {
    open: "Standaardantwoorden",
    openHint: "Of typ ::",
    search: "Zoek een antwoord",
    searchColleague: "Zoek een collega",
    none: "Niets gevonden.",
    suggested: "Past misschien bij dit gesprek",
    canned: "Standaardantwoorden",
    macros: "Macro’s",
    answers: "Antwoorden per onderwerp",
    colleagues: "Collega’s",
    close: "Lijst sluiten",
    failed: "De antwoorden zijn nu niet te laden.",
    sure: (percent: number): string => `${percent}% zeker`,
  },
  suggestions: "Voorgesteld antwoord",
  missing: (names: string[]): string => `Vul eerst in: ${names.map((n) => `{${n}}`).join(", ")}`,
  macro: {
    will: (steps: string[]): string => `Na het versturen: ${steps.join(", ")}.`,
    drop: "Alleen versturen",
    send: "Verstuur en voer uit",
    done: (title: string): string => `${title}: uitgevoerd.`,
    undo: "Weer overnemen",
    failed: "De macro is niet uitgevoerd. Uw tekst staat er nog.",
  },
  plain: {
    label: "Taal van uw antwoord",
    good: "B1",
    goodHint: "Goed te lezen",
    hardToRead: "Kortere woorden lezen makkelijker",
    longSentence: (words: number): string => `Lange zin (${words} woorden)`,
    better: (word: string, better: string): string => `${word} → ${better}`,
    betterLabel: (word: string, better: string): string => `Vervang ${word} door ${better}`,
  },
  sms: (count: number, left: number): string =>
    `${count} sms${count === 1 ? "" : "’jes"}, nog ${left} tekens`,
  smsCut: "Bijzondere tekens maken een sms korter.",
  mentions: {
    menu: (unseen: number): string => (unseen === 0 ? "Genoemd" : `Genoemd, ${unseen} nieuw`),
    title: "Genoemd",
    none: "U bent nog niet genoemd. Collega’s noemen u met @ in een notitie.",
    named: (name: string): string => `${name} noemde u in een notitie.`,
    open: "Openen",
  },
};
