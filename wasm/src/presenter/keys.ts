// One key a row: j goes to the next row's button and k to the one before; Enter presses it, as everywhere. Only in tables,
// and never while somebody types. After a press the focus stays on the row (focus.ts), so that j goes on from there.
const kTyping = 'input, textarea, select, [contenteditable]';

function next_button(down: boolean): HTMLButtonElement | undefined {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('main tbody button:not(:disabled)')];
  const at = document.activeElement;
  if (!at || at === document.body) return down ? buttons[0] : buttons.at(-1);
  const wanted = down ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const beyond = buttons.filter((button) => button !== at && (at.compareDocumentPosition(button) & wanted) !== 0);
  return down ? beyond[0] : beyond.at(-1);
}

export function listen_to_row_keys() {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== 'j' && event.key !== 'k') return;
    if (document.activeElement?.matches(kTyping)) return;
    const button = next_button(event.key === 'j');
    if (!button) return;
    event.preventDefault();
    button.focus({ preventScroll: true });
    button.scrollIntoView({ block: 'nearest' });
  });
}
