// One tenant on several channels: what is known, what may be the same tenant, and writing there.

/** "Sms" and "Telefoon" are ordinary words; "WhatsApp" and "Telegram" are names. */
export const inSentence = (channel: string): string =>
  ["Sms", "Telefoon", "Webchat"].includes(channel) ? channel.toLowerCase() : channel;

export const person = {
  edited: "aangepast",
  editedWhy: "De huurder heeft een eerder bericht veranderd. Dit is de nieuwe tekst.",
  addresses: "Bereikbaar via",
  here: "dit gesprek",
  address: (channel: string, address: string): string => `${channel}: ${address.replace(/^\w+:(?=\+)/, "")}`,
  proposals: "Misschien dezelfde huurder",
  proposalsLead: "Het nummer is gelijk. Dat is geen bewijs: vraag het na.",
  join: "Koppelen",
  joinThis: (what: string): string => `Koppelen: ${what}`,
  part: "Ontkoppelen",
  partThis: (what: string): string => `Ontkoppelen: ${what}`,
  joined: "De gesprekken zijn gekoppeld.",
  parted: "De koppeling is weg.",
  earlier: "Andere gesprekken",
  failed: "Dit is niet gelukt. Probeer het opnieuw.",
  sendBy: (channel: string): string => `Stuur via ${inSentence(channel)}`,
  sending: "Wordt verstuurd…",
  sentBy: (channel: string): string => `Verstuurd via ${inSentence(channel)}. Dat gesprek is nu ook van u.`,
};
