// Until when a tenant may be answered freely, on channels that close after some time.

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const replyWindow = {
  hours: (n: number): string => `Vrij antwoorden kan nog ${n} uur`,
  minutes: (n: number): string => `Vrij antwoorden kan nog ${plural(n, "minuut", "minuten")}`,
  closed: "Vrij antwoorden kan niet meer. Uw antwoord wacht tot de huurder weer schrijft.",
  closedSince: (moment: string): string => `Vrij antwoorden kon tot ${moment}`,
  until: (moment: string): string => `Vrij antwoorden kan tot ${moment}`,
};
