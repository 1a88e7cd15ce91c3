// A photo made small enough for a bad network before it leaves the phone. What is small already, or no picture, stays as it is.
const LONG_EDGE = 2560;
const SMALL_BYTES = 1500 * 1024;
const QUALITY = 0.85;

export async function shrunken(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LONG_EDGE / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= SMALL_BYTES) { picture.close(); return file; }
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
}
