/** Search as you type over people, brands and topics: a combobox after the ARIA authoring practices. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { ask, Failure } from "../ask/client";
import { useAnswer } from "../ask/use-answer";
import { Names, Search, type SearchQuery } from "../operations/generated";
import type { Kind, Thing } from "../thing";

const PAUSE_MS = 120;

interface Option extends Thing {
  name: string;
  hint: string;
}

export interface ComboboxProps {
  label: string;
  placeholder: string;
  kinds: readonly Kind[];
  value: Thing | null;
  onChange: (thing: Thing | null) => void;
  optional?: boolean;
}

export function Combobox({ label, placeholder, kinds, value, onChange, optional = false }: ComboboxProps) {
  const id = useId();
  const name = useName(value);
  const [text, setText] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const { options, said } = useOptions(text, kinds);
  const input = useRef<HTMLInputElement>(null);
  const open = text !== null && text.trim() !== "";

  const choose = (option: Option | undefined) => {
    if (!option) return;
    setText(null);
    onChange({ kind: option.kind, id: option.id });
  };
  const clear = () => {
    setText(null);
    onChange(null);
    input.current?.focus();
  };
  useEffect(() => setActive(0), [options]);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = options.length - 1;
    if (event.key === "Escape") setText(null);
    else if (!open || last < 0) return;
    else if (event.key === "ArrowDown") setActive(active === last ? 0 : active + 1);
    else if (event.key === "ArrowUp") setActive(active === 0 ? last : active - 1);
    else if (event.key === "Enter") choose(options[active]);
    else return;
    event.preventDefault();
  };

  return (
    <div class="field combobox">
      <label for={id}>
        {label}
        {optional && <span class="quiet"> optional</span>}
      </label>
      <div class="combobox-box">
        <input
          ref={input}
          id={id}
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          placeholder={placeholder}
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-activedescendant={open && options.length > 0 ? `${id}-${active}` : undefined}
          value={text ?? name}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={() => setText(null)}
        />
        {value && (
          <button type="button" class="plain clear" aria-label={`Clear ${label}`} onClick={clear}>
            ×
          </button>
        )}
        <div id={`${id}-list`} role="listbox" aria-label={label} hidden={!open || options.length === 0}>
          {options.map((option, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input takes the keys, as the pattern has it
            <div
              key={`${option.kind}:${option.id}`}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === active}
              class={place === active ? "active" : ""}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              <span class={`kind kind-${option.kind}`}>{option.kind}</span>
              <span class="option-name">{option.name}</span>
              <span class="quiet option-hint">{option.hint}</span>
            </div>
          ))}
        </div>
        <p class={open && said && options.length === 0 ? "combobox-said" : "unseen"} role="status">
          {open ? said : ""}
        </p>
      </div>
    </div>
  );
}

/** What a thing that an address names is called. */
function useName(thing: Thing | null): string {
  const is = (kind: Kind) => thing?.kind === kind;
  const { answer } = useAnswer(
    Names,
    thing && {
      personId: thing.id,
      brandId: thing.id,
      topicId: thing.id,
      person: is("person"),
      brand: is("brand"),
      topic: is("topic"),
    },
  );
  if (!thing) return "";
  return (answer?.person ?? answer?.brand ?? answer?.topic)?.name ?? thing.id;
}

function useOptions(text: string | null, kinds: readonly Kind[]): { options: Option[]; said: string } {
  const [found, setFound] = useState<{ options: Option[]; said: string }>({ options: [], said: "" });
  const wanted = kinds.join(" ");
  const words = text?.trim() ?? "";
  useEffect(() => {
    if (!words) {
      setFound({ options: [], said: "" });
      return;
    }
    const control = new AbortController();
    const pause = setTimeout(async () => {
      const among = (kind: Kind) => wanted.includes(kind);
      const variables = { text: words, people: among("person"), brands: among("brand"), topics: among("topic") };
      try {
        const options = optionsOf(await ask(Search, variables, control.signal));
        const count = options.length === 1 ? "One match" : `${options.length} matches`;
        setFound({ options, said: options.length ? `${count}; arrows choose.` : `Nothing is called “${words}”.` });
      } catch (error) {
        if (error instanceof Failure) setFound({ options: [], said: error.message });
        else if (!control.signal.aborted) throw error;
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      control.abort();
    };
  }, [words, wanted]);
  return found;
}

function optionsOf(found: SearchQuery): Option[] {
  return [
    ...(found.brands?.edges ?? []).map(({ node }) => option("brand", node, node.domain)),
    ...(found.topics?.edges ?? []).map(({ node }) => option("topic", node, node.parent && `in ${node.parent.name}`)),
    ...(found.people?.edges ?? []).map(({ node }) => option("person", node, node.headline)),
  ];
}

function option(kind: Kind, { id, name }: { id: string; name: string }, hint: string | null | undefined): Option {
  return { kind, id, name, hint: hint ?? "" };
}
