// A photo as a phone sends it: smaller, and as JPEG.

const SIDES = [1280, 1024, 800, 640, 480];
const MOST_CHARACTERS = 200_000;

/** The file as JPEG in base64, small enough to send; "" when it cannot be read as a picture. */
export async function asJpeg(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return "";
  }
  for (const side of SIDES) {
    const encoded = drawn(picture, side);
    if (encoded.length < MOST_CHARACTERS) return encoded;
  }
  return "";
}

function drawn(picture, side) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.75).split(",")[1];
}
