// Small behaviours, each hung on a data attribute. Every page works without them.
// What may not be missed by a quick finger (confirm.js, once.js) stands in the head by itself.
import "./display.js";
import "./search-key.js";
import "./filter-auto.js";
import "./drop.js";
import "./dropzone.js";
import "./columns.js";
import "./select-all.js";
import "./row-keys.js";
import "./offline.js";
import "./copy.js";
import "./print.js";
import { fold } from "./fold.js";

fold();

if (document.querySelector("[data-chart]")) import("./chart.js");
const done = document.querySelector("[data-forget-record]");
if (done) import("./record-forget.js").then((pages) => pages.forgetRecord(done.dataset.forgetRecord, done.dataset.record));
if (document.querySelector("[data-forget-records]")) import("./record-forget.js").then((pages) => pages.forgetAll());
const wanted = document.querySelector("[data-focus-here]");
if (wanted) wanted.focus();
