import { defineConfig } from "vite";
import { sizeBudget } from "./build-size.js";

export default defineConfig({
  plugins: [sizeBudget("thuisbalie-chat.js", 20_000)],
  build: {
    target: "es2022",
    modulePreload: false,
    lib: {
      entry: "src/index.ts",
      formats: ["iife"],
      name: "Thuisbalie",
      fileName: () => "thuisbalie-chat.js",
    },
  },
});
