import { describe, expect, test } from "vitest";
import { Memory } from "../src/memory";
import { browserStore, memoryStore } from "../src/storage";

describe("the size of the text", () => {
  test("is normal until the tenant chooses", () => {
    expect(new Memory(memoryStore()).textSize()).toBe("normal");
  });

  test("is remembered on this phone", () => {
    const store = memoryStore();
    new Memory(store).keepTextSize("largest");
    expect(new Memory(store).textSize()).toBe("largest");
  });

  test("outlives the conversation", () => {
    const memory = new Memory(memoryStore());
    memory.keepTextSize("large");
    memory.forgetConversation();
    expect(memory.textSize()).toBe("large");
  });

  test("that is no size reads as normal", () => {
    const store = memoryStore();
    store.set("text", "enormous");
    expect(new Memory(store).textSize()).toBe("normal");
  });

  test("can be chosen where the browser keeps nothing", () => {
    const forbidden = browserStore("x:", () => {
      throw new DOMException("denied", "SecurityError");
    });
    const memory = new Memory(forbidden);
    memory.keepTextSize("large");
    expect(memory.textSize()).toBe("large");
  });
});
