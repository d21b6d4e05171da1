import { fromMarkdown } from "mdast-util-from-markdown";
import { Fragment, type ReactNode, useMemo } from "react";
import classes from "./Markdown.module.css";

type Node = ReturnType<typeof fromMarkdown>["children"][number];

/** Only what leads to a page or a letter; anything else a note's link may hold stays text. */
const safe = (url: string): boolean => /^(https?:\/\/|mailto:)/i.test(url);

/**
 * A note as it was meant. Built from the parsed text as elements, so markup in it stays text, and a picture is a
 * link to it: nothing is fetched from anywhere.
 */
export function Markdown({ text }: { text: string }) {
  const tree = useMemo(() => fromMarkdown(text), [text]);
  return (
    <div className={classes.note} dir="auto">
      {all(tree.children)}
    </div>
  );
}

const all = (nodes: readonly Node[]): ReactNode => nodes.map((node, i) => <Fragment key={i}>{one(node)}</Fragment>);

function link(url: string, children: ReactNode): ReactNode {
  return safe(url) ? (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ) : (
    children
  );
}

function one(node: Node): ReactNode {
  switch (node.type) {
    case "paragraph":
      return <p>{all(node.children)}</p>;
    case "heading":
      return <p className={classes.heading}>{all(node.children)}</p>;
    case "blockquote":
      return <blockquote>{all(node.children)}</blockquote>;
    case "list":
      return node.ordered ? <ol start={node.start ?? 1}>{all(node.children)}</ol> : <ul>{all(node.children)}</ul>;
    case "listItem":
      return <li>{node.children.map((child, i) => <Fragment key={i}>{child.type === "paragraph" && !node.spread ? all(child.children) : one(child)}</Fragment>)}</li>;
    case "code":
      return (
        <pre>
          <code>{node.value}</code>
        </pre>
      );
    case "inlineCode":
      return <code>{node.value}</code>;
    case "strong":
      return <strong>{all(node.children)}</strong>;
    case "emphasis":
      return <em>{all(node.children)}</em>;
    case "link":
      return link(node.url, all(node.children));
    case "image":
      return link(node.url, node.alt || node.url);
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr />;
    case "html":
    case "text":
      return lines(node.value);
    case "linkReference":
      return all(node.children);
    case "imageReference":
      return node.alt;
    default:
      return null;
  }
}

/** A new line in a note is a new line: people write notes, not documents. */
function lines(value: string): ReactNode {
  return value.split("\n").map((line, i) => (
    <Fragment key={i}>
      {i > 0 && <br />}
      {line}
    </Fragment>
  ));
}
