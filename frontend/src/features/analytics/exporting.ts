/** A figure's rows as text for spreadsheets. A cell that a spreadsheet would run as a formula is defused. */
export function toCsv(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    const text = value === null ? "" : String(value);
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

const SVG = "http://www.w3.org/2000/svg";
const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity", "font-size", "font-weight", "font-family", "text-anchor", "dominant-baseline", "visibility"];
const SCALE = 2;
const MARGIN = 24;
const HEAD = 64;

/** The drawing with its colours written into it, for it leaves the page's style sheets. */
function standalone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  originals.forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const name of STYLES) copies[i]?.style.setProperty(name, style.getPropertyValue(name));
  });
  return copy;
}

function textLine(text: string, y: number, size: number, weight: number, colour: string): SVGTextElement {
  const line = document.createElementNS(SVG, "text");
  line.textContent = text;
  for (const [key, value] of Object.entries({ x: MARGIN, y, fill: colour, "font-size": size, "font-weight": weight, "font-family": "Inter, system-ui, sans-serif" }))
    line.setAttribute(key, String(value));
  return line;
}

/** The drawing as a picture, with its sentence and its n above it, on the page's background. */
export async function toPng(svg: SVGSVGElement, title: string, n: string): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const page = getComputedStyle(document.documentElement);
  const whole = document.createElementNS(SVG, "svg");
  const size = { width: width + 2 * MARGIN, height: height + HEAD + 2 * MARGIN };
  whole.setAttribute("width", String(size.width));
  whole.setAttribute("height", String(size.height));
  const ground = document.createElementNS(SVG, "rect");
  for (const [key, value] of Object.entries({ ...size, fill: page.getPropertyValue("--bg") })) ground.setAttribute(key, String(value));
  const copy = standalone(svg);
  for (const [key, value] of Object.entries({ x: MARGIN, y: MARGIN + HEAD, width, height })) copy.setAttribute(key, String(value));
  whole.append(ground, textLine(title, MARGIN + 16, 16, 600, page.getPropertyValue("--ink")), textLine(n, MARGIN + 38, 12, 400, page.getPropertyValue("--ink-3")), copy);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(whole))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(size.width * SCALE);
  canvas.height = Math.ceil(size.height * SCALE);
  const context = canvas.getContext("2d");
  context?.scale(SCALE, SCALE);
  context?.drawImage(image, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("The picture could not be drawn."));
    });
  });
}
