/** Fails a build whose bundle is heavier than a cheap phone on a slow line should carry. */

import { gzipSync } from "node:zlib";

export function sizeBudget(file, budget) {
  return {
    name: "size-budget",
    apply: "build",
    generateBundle(_options, bundle) {
      const built = bundle[file];
      if (built?.type !== "chunk") return this.error(`${file} was not built`);
      const size = gzipSync(built.code, { level: 9 }).length;
      console.log(`${file}: ${size} bytes gzip, budget ${budget}`);
      if (size > budget) this.error(`${file} is ${size - budget} bytes over its budget of ${budget}`);
    },
  };
}
