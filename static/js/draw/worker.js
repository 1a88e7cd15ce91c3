// The same work beside the page, so that a large record does not hold it up.
import { verifyFiles } from "./files.js";

self.addEventListener("message", ({ data }) => {
  try {
    for (const step of verifyFiles(data.files, data.expected)) self.postMessage(step);
    self.postMessage({ finished: true });
  } catch (error) {
    self.postMessage({ broken: String(error?.message ?? error) });
  }
});
