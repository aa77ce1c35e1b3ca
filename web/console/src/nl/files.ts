// Photos, voice notes and files of tenants. The keys of reasons come from the server.

const KINDS: Record<string, string> = {
  photo: "Foto",
  voice: "Spraakbericht",
  file: "Bestand",
};

const NOT_HERE: Record<string, string> = {
  foreign_address: "komt niet van de aanbieder en is niet opgehaald",
  too_large: "is te groot en niet bewaard",
  wrong_type: "is geen foto, geluid of pdf en niet bewaard",
  broken: "is beschadigd of niet te vertrouwen en niet bewaard",
  no_media: "kan niet via dit kanaal",
  unreachable: "was niet op te halen bij de aanbieder",
  missing: "was al weg bij de aanbieder",
};

const TYPES: Record<string, string> = {
  "application/pdf": "pdf",
  "video/mp4": "film",
  "image/heic": "foto van een iPhone",
};

const kind = (name: string) => KINDS[name] ?? "Bestand";

export const files = {
  photo: (no: number, of: number, ours: boolean) => {
    const whose = ours ? "van ons" : "van de huurder";
    return of > 1 ? `Foto ${no} van ${of} ${whose}` : `Foto ${whose}`;
  },
  open: (name: string) => `${name}, groot openen`,
  close: "Sluiten",
  voice: "Spraakbericht van de huurder",
  unplayable: "Speelt dit niet af? Download het spraakbericht.",
  download: (type: string, size: string) => `${TYPES[type] ?? "Bestand"} downloaden (${size})`,
  caution: "Van de huurder, niet nagekeken. Open alleen wat u verwacht.",
  waiting: (name: string) => `${kind(name)} wordt opgehaald`,
  gone: (name: string, why: string) => `${kind(name)} ${NOT_HERE[why] ?? "is er niet meer"}`,
  kilobytes: (count: number) => `${count} kB`,
  megabytes: (count: string) => `${count} MB`,
};
