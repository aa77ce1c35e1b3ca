import { defineStore } from "pinia";
import { ref } from "vue";

import { isBucket, type Bucket } from "../state/queue";
import { browserKeep } from "../state/keep";

/** Which part of the list is shown; the same after a reload. */
export const useTab = defineStore("tab", () => {
  const stored = browserKeep.get("tab");
  const current = ref<Bucket>(isBucket(stored) ? stored : "waiting");

  function show(bucket: Bucket): void {
    current.value = bucket;
    browserKeep.set("tab", bucket);
  }

  return { current, show };
});
