/** Text as it stands. Longer than its place it scrolls, by the keyboard too. */
export const CodeBlock = ({ children }: { readonly children: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard (WCAG 2.1.1)
  <pre tabIndex={0}>{children}</pre>
);
