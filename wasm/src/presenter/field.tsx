// Field: a native input, left alone while a person types. The draft goes to the core on blur, on Enter, or before a press.
import type { InputHTMLAttributes } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Kind, ScreenNode } from '../contract';
import { described_by, element_id } from './dom_ids';
import { Icon } from './icons';
import { lang_of, Rich } from './rich';
import { use_session } from './stage';
import { Hint, Mistake } from './texts';

function native_of(kind: Kind | undefined): InputHTMLAttributes<HTMLInputElement> {
  switch (kind) {
    case 'number': return { type: 'text', inputMode: 'decimal', autoComplete: 'off' };
    case 'date': return { type: 'date' };
    case 'time': return { type: 'time' };
    case 'telephone': return { type: 'tel', autoComplete: 'tel' };
    case 'secret': return { type: 'password', inputMode: 'numeric', autoComplete: 'off' };
    case 'code': return { type: 'text', autoCapitalize: 'characters', autoComplete: 'off', spellcheck: false };
    case 'none': case 'single': case 'multiple': case 'cards': case 'text': case 'multiline': case 'sheet': case 'map': case 'chart': case undefined: return { type: 'text' };
  }
}

/** The day in words: as the core says it (an option of that value), else as the language writes it. */
function day_in_words(node: ScreenNode, language: string | undefined): string {
  const value = node.value ?? '';
  const told = node.options?.find((option) => option.value === value)?.name;
  if (told || !value) return told ?? '';
  const day = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return value;
  const tag = lang_of(language) ?? 'ja';
  const write = (part: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(`${tag}-u-nu-latn`, { timeZone: 'UTC', ...part }).format(day);
  return tag !== 'ja' ? write({ weekday: 'short', day: 'numeric', month: 'long' })
    : `${day.getUTCMonth() + 1}月${day.getUTCDate()}日（${write({ weekday: 'short' })}）`;
}

export function Field({ node }: { node: ScreenNode }) {
  const session = use_session();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useLayoutEffect(() => { if (input.current) session.settle(node, input.current); });
  const day = node.kind === 'date';
  const commit_at_once = day || node.kind === 'time';
  const shared = {
    ref: input, id: element_id(node), disabled: node.disabled,
    'aria-describedby': described_by(node), 'aria-invalid': node.error ? 'true' as const : undefined,
    'aria-required': node.required ? 'true' as const : undefined,
    onInput: (event: Event) => {
      const { value } = event.currentTarget as HTMLInputElement;
      session.type(node, value);
      // A number of a lock is whole with its last digit: nobody looks for a button then.
      if (node.kind === 'secret' && node.max_length && value.length >= node.max_length) session.enter(node);
    },
    onChange: () => { if (commit_at_once) session.enter(node); },
    onBlur: () => session.enter(node),
    onCompositionStart: (event: Event) => { if (event.currentTarget) session.compose(event.currentTarget, true); },
    onCompositionEnd: (event: Event) => { if (event.currentTarget) session.compose(event.currentTarget, false); },
  };
  return (
    <div class="field" data-node={node.id} data-kind={node.kind ?? 'text'}>
      <label class="name" for={element_id(node)}><Rich text={node.name} /></label>
      {node.kind === 'multiline' ? <textarea rows={3} {...shared} /> : day ? (
        <div class="day" onClick={() => open_picker(input.current)}>
          <Icon name="calendar" />
          <b class="day-words"><Rich text={day_in_words(node, session.screen.language)} /></b>
          <span class="day-change" aria-hidden="true"><Rich text={node.value ? session.words.change_date : session.words.choose_date} /></span>
          <input {...native_of(node.kind)} min={node.minimum} max={node.maximum} {...shared} />
        </div>
      ) : (
        <input {...native_of(node.kind)} {...(node.kind === 'time' ? { min: node.minimum, max: node.maximum } : {})} {...shared}
          onKeyDown={(event) => { if (event.key === 'Enter' && !event.isComposing && event.keyCode !== 229) session.enter(node); }} />
      )}
      <Mistake node={node} />
      <Hint node={node} />
    </div>
  );
}

function open_picker(input: HTMLInputElement | null) {
  try {
    input?.showPicker();
  } catch {
    input?.focus();  // not every browser opens it by program, and none without a person's click
  }
}
