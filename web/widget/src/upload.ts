/** Brings one photo to the server. XMLHttpRequest, because fetch does not tell how far it is. */

import { refusalOf } from "./refused";

/** A line on which nothing moves for this long is dead. */
const STALLED_MS = 30_000;

/** Rejects with Refused when the server says no, with TypeError when the line is dead. */
export function upload(
  url: string,
  authorization: string,
  photo: Blob,
  onProgress: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let watch: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), STALLED_MS);
    };
    request.open("POST", url);
    request.setRequestHeader("Authorization", authorization);
    request.setRequestHeader("Content-Type", photo.type);
    request.upload.onprogress = ({ loaded, total }) => {
      alive();
      onProgress(total ? loaded / total : 0);
    };
    request.onload = () => {
      if (request.status < 300) return resolve();
      reject(refusalOf(request.status, request.getResponseHeader("Retry-After"), parse(request.responseText)));
    };
    request.onloadend = () => {
      clearTimeout(watch);
      // Does nothing after an answer.
      reject(new TypeError("no answer"));
    };
    alive();
    request.send(photo);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
