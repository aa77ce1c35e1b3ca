// Photos and documents that staff send to the tenant.

export const attachments = {
  add: "Bestand toevoegen",
  addHint: "Een foto of pdf, hoogstens 8 MB",
  ready: "Gaat mee met uw antwoord",
  uploading: (name: string): string => `${name} wordt klaargezet…`,
  added: (name: string): string => `${name} staat klaar.`,
  removed: (name: string): string => `${name} is weggehaald.`,
  remove: "Weghalen",
  removeThis: (name: string): string => `Weghalen: ${name}`,
  photo: (name: string): string => `Klaargezette foto ${name}`,
  failed: "Het bestand is niet klaargezet. Probeer het opnieuw.",
  tooLarge: "Dit bestand is te groot. Een bestand mag hoogstens 8 MB zijn.",
  notSent: "Uw antwoord is niet verstuurd. De tekst en de bestanden staan er nog.",
};
