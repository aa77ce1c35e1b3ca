import { createPinia } from "pinia";
import { createApp } from "vue";

import App from "./App.vue";
import { startClock } from "./live/clock";
import { createConsoleRouter } from "./router";
import "./styles/index.css";

const pinia = createPinia();
const app = createApp(App).use(pinia);
app.use(createConsoleRouter());
startClock();
app.mount("#app");
