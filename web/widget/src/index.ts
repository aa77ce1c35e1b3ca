import { ThuisbalieChat } from "./element";

if (!customElements.get("thuisbalie-chat")) customElements.define("thuisbalie-chat", ThuisbalieChat);

/** One script line is enough: `data-corporation` asks for the launcher without an element. */
const corporation = document.currentScript?.dataset["corporation"];
if (corporation && !document.querySelector("thuisbalie-chat")) {
  const chat = document.createElement("thuisbalie-chat");
  chat.setAttribute("corporation", corporation);
  if (document.body) document.body.append(chat);
  else addEventListener("DOMContentLoaded", () => document.body.append(chat));
}
