/** A QR code as a picture of squares; the quiet zone around it belongs to it. */
export interface QrCode {
  /** Squares along an edge. */
  size: number;
  /** The dark ones: path of an SVG whose unit is one square. */
  path: string;
}

/** `GET /api/v1/classroom`: how a class gets in to look on, one link for each way to reach this machine, the best one first. */
export interface ClassroomLinks {
  /** None without `--classroom`. */
  links: { url: string; qr: QrCode }[];
}
