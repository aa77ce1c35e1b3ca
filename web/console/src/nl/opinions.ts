// What tenants thought of the help, for who leads.

export const opinions = {
  page: "Meningen | Thuisbalie",
  title: "Meningen van huurders",
  about: "Lage cijfers, klachten en complimenten van de laatste 90 dagen. De nieuwste staat boven.",
  kind: "Toon",
  kinds: { all: "Alles", complaint: "Klachten", low: "Lage cijfers", compliment: "Complimenten" },
  counted: (shown: number): string => (shown === 1 ? "1 mening" : `${shown} meningen`),
  none: "Er is niets om te tonen.",
  loading: "Meningen worden gelezen…",
  failed: "De meningen komen niet door.",
  again: "Probeer opnieuw",
  notAllowed: "Meningen zijn er voor teamleiders.",
  noWords: "Zonder toelichting",
  open: "Open het gesprek",
  openOf: (reference: string): string => `Open het gesprek ${reference}`,
};
