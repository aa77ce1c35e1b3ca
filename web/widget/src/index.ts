import { ThuisbalieChat } from "./element";

if (!customElements.get("thuisbalie-chat")) customElements.define("thuisbalie-chat", ThuisbalieChat);
