// Choice: native radios and checkboxes. Two or three short answers stand side by side, longer ones below each other,
// four to twelve (the languages) as chips, explained ones as cards, more than that as a list to open.
import type { Option, ScreenNode } from '../contract';
import { described_by, element_id } from './dom_ids';
import { Icon } from './icons';
import { breadth, lang_of, plain, Rich } from './rich';
import { use_session } from './stage';
import { Hint, Mistake } from './texts';

const kChips = 12;
type Look = 'segments' | 'stack' | 'chips' | 'cards' | 'list';

export function look_of(node: ScreenNode): Look {
  const options = node.options ?? [];
  if (node.kind === 'cards' || options.some((option) => option.hint)) return 'cards';
  if (node.kind === 'multiple') return 'chips';
  if (options.length > kChips) return 'list';
  if (options.length > 3) return 'chips';
  const longest = Math.max(0, ...options.map((option) => breadth(option.name)));
  return longest * options.length <= (options.length === 2 ? 14 : 13.5) ? 'segments' : 'stack';
}

export function Choice({ node }: { node: ScreenNode }) {
  const session = use_session();
  const options = node.options ?? [];
  const chosen = session.chosen(node);
  const look = look_of(node);
  const several = node.kind === 'multiple';
  const choose = (option: Option, on: boolean) => {
    const value = option.value;
    if (!several) return session.choose(node, [value]);
    const now = options.map((each) => each.value).filter((each) => (each === value ? on : chosen.includes(each)));
    return session.choose(node, now);
  };
  return (
    <fieldset class="choice" id={element_id(node)} data-node={node.id} data-look={look} tabIndex={-1}
      aria-describedby={described_by(node)} aria-invalid={node.error ? 'true' : undefined} disabled={node.disabled}>
      <legend><Rich text={node.name} /></legend>
      <Hint node={node} />
      <Mistake node={node} />
      {look === 'list' ? (
        <select aria-label={plain(node.name)} onChange={(event) => session.choose(node, [event.currentTarget.value])}>
          {!chosen.length && <option value="" selected />}
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={chosen.includes(option.value)} disabled={option.disabled} lang={lang_of(option.language)}>{plain(option.name)}</option>
          ))}
        </select>
      ) : (
        <div class="options" data-count={options.length}>
          {options.map((option) => {
            const value = option.value;
            const on = chosen.includes(value);
            return (
              <label key={value} class={on ? 'option on' : 'option'} data-several={several ? '' : undefined}>
                <input type={several ? 'checkbox' : 'radio'} name={element_id(node)} value={value} checked={on} disabled={option.disabled}
                  onChange={(event) => choose(option, event.currentTarget.checked)} />
                <span class="tick" aria-hidden="true"><Icon name="check" /></span>
                <span class="option-text">
                  <span class="option-name" lang={lang_of(option.language)}><Rich text={option.name} /></span>
                  {option.hint && <span class="option-hint"><Rich text={option.hint} /></span>}
                </span>
              </label>
            );
          })}
        </div>
      )}
    </fieldset>
  );
}
