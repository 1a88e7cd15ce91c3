// Small behaviours, each hung on a data attribute. Every page works without them.
import "./once.js";
import "./confirm.js";
import "./display.js";
import "./search-key.js";
import "./filter-auto.js";
import "./drop.js";
import "./dropzone.js";
import "./columns.js";
import "./select-all.js";
import "./offline.js";
import "./copy.js";

if (document.querySelector("[data-chart]")) import("./chart.js");
const wanted = document.querySelector("[data-focus-here]");
if (wanted) wanted.focus();
