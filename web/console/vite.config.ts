import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

// The gateway serves the build at /console/ under a content security policy without inline code,
// so nothing may be inlined: not the module preload polyfill, not small assets.
export default defineConfig({
  base: "/console/",
  plugins: [vue({ features: { optionsAPI: false } })],
  build: {
    outDir: "dist",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  server: {
    host: "127.0.0.1",
    port: 18390,
    proxy: { "/console/api": "http://127.0.0.1:8000" },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
