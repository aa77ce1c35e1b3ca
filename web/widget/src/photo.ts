/** Photos in the browser: made small enough for a slow line, and kept as text until they are sent. */

/** Longest side of what goes up. A meter reading or a crack is still legible. */
const LONGEST_PX = 1600;
const QUALITY = 0.8;
/** A cheap phone runs out of memory on more. */
const LARGEST_FILE = 40_000_000;

export class PhotoTooBig extends Error {}
export class NotAPhoto extends Error {}

/**
 * The chosen file as a JPEG in base64: localStorage keeps text only, and a photo that is not sent
 * yet survives a reload there like any message. Drawing it again leaves out where it was taken.
 */
export async function shrink(file: Blob): Promise<string> {
  if (file.size > LARGEST_FILE) throw new PhotoTooBig();
  const canvas = document.createElement("canvas");
  await paint(canvas, file);
  return canvas.toDataURL("image/jpeg", QUALITY).split(",")[1]!;
}

/** A canvas and not an image: the policy of the page around us may forbid blob: and data: images. */
export async function paint(canvas: HTMLCanvasElement, photo: Blob): Promise<void> {
  const bitmap = await createImageBitmap(photo).catch(() => {
    throw new NotAPhoto();
  });
  const scale = Math.min(1, LONGEST_PX / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const brush = canvas.getContext("2d")!;
  // A JPEG has no see-through parts; without this they turn black.
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
}

export function blobOf(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });
}
