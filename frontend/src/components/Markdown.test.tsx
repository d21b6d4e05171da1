import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Markdown } from "./Markdown";

const html = (text: string) => render(<Markdown text={text} />).container.innerHTML;

it("shows emphasis, lists and links as they were meant", () => {
  const shown = html("**Ask** for\nAda\n\n- pay\n- *start*\n\n[their page](https://larkspur.example/a)");
  expect(shown).toContain("<strong>Ask</strong> for<br>Ada");
  expect(shown).toContain("<li>pay</li><li><em>start</em></li>");
  expect(shown).toContain('<a href="https://larkspur.example/a" target="_blank" rel="noreferrer noopener">their page</a>');
});

it("markup stays text, and no link runs a script", () => {
  const { container } = render(<Markdown text={'<img src=x onerror="alert(1)">\n\n[tap](javascript:alert(1)) <script>alert(1)</script> [data](data:text/html,x)'} />);
  expect(container.querySelectorAll("img,script,a")).toHaveLength(0);
  expect(container.textContent).toContain('<img src=x onerror="alert(1)">');
});

it("a picture is a link and is not fetched", () => {
  const { container } = render(<Markdown text="![a chart](https://tracker.example/p.png)" />);
  expect(container.querySelector("img")).toBeNull();
  expect(container.querySelector("a")?.textContent).toBe("a chart");
});
