/** Days and times are those of the homes, wherever the browser is. */
export const ZONE = "Europe/Amsterdam";
