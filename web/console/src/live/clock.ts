import { ref } from "vue";

/**
 * The product's clock, not this computer's: a demo may start at another moment, and a desk's
 * computer may be minutes off. The server tells its time at each connect.
 */
let skew = 0;
export const now = ref(Date.now());

export function setServerTime(iso: string): void {
  const server = Date.parse(iso);
  if (!Number.isNaN(server)) skew = server - Date.now();
  now.value = Date.now() + skew;
}

export function startClock(): void {
  setInterval(() => {
    now.value = Date.now() + skew;
  }, 1000);
}
