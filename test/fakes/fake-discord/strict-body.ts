type Json = Readonly<Record<string, unknown>>;

/**
 * What Discord would find wrong with a message; null: nothing. The numbers are written down here a
 * second time on purpose: a fake that borrowed them from the program would agree with its mistakes.
 */
export function faultOfMessage(
  body: Json,
  files: readonly { readonly name: string }[],
): string | null {
  const content = text(body['content']);
  const embeds = list(body['embeds']);
  const rows = list(body['components']);
  const attached = list(body['attachments']);
  const names = [...files.map(({ name }) => name)];
  if (content.length > 2000) return 'content: Must be 2000 or fewer in length.';
  if (content === '' && embeds.length === 0 && files.length === 0) {
    return 'Cannot send an empty message';
  }
  if (embeds.length > 10) return 'embeds: Must be 10 or fewer in length.';
  let total = 0;
  for (const embed of embeds) {
    const problem = faultOfEmbed(embed, names);
    if (problem !== null) return problem;
    total += text(embed['title']).length + text(embed['description']).length;
  }
  if (total > 6000) return 'embeds: Embed size exceeds maximum size of 6000';
  if (rows.length > 5) return 'components: Must be 5 or fewer in length.';
  if (attached.some((each) => text(each['description']).length > 1024))
    return 'attachments: too long';
  return faultOfButtons(rows);
}

function faultOfEmbed(embed: Json, files: readonly string[]): string | null {
  if (text(embed['title']).length > 256) return 'embeds.title: Must be 256 or fewer in length.';
  if (text(embed['description']).length > 4096) return 'embeds.description: too long';
  const image = embed['image'] as Json | undefined;
  const url = text(image?.['url']);
  if (url.startsWith('attachment://') && !files.includes(url.slice(13))) {
    return 'embeds.image: Unknown attachment';
  }
  const isEmpty = !embed['title'] && !embed['description'] && !image;
  return isEmpty ? 'embeds: Embed is empty' : null;
}

function faultOfButtons(rows: readonly Json[]): string | null {
  const ids = new Set<string>();
  for (const row of rows) {
    const buttons = list(row['components']);
    if (buttons.length === 0 || buttons.length > 5) return 'components: Must be between 1 and 5.';
    for (const button of buttons) {
      const id = text(button['custom_id']);
      const label = text(button['label']);
      if (id === '' || id.length > 100) return 'custom_id: Must be between 1 and 100 in length.';
      if (ids.has(id)) return 'custom_id: Component custom id cannot be duplicated';
      if (label === '' || label.length > 80) return 'label: Must be between 1 and 80 in length.';
      ids.add(id);
    }
  }
  return null;
}

/** What Discord would find wrong with a set of commands. */
export function faultOfCommands(commands: readonly Json[]): string | null {
  if (commands.length > 100) return 'Maximum number of application commands reached (100).';
  for (const command of commands) {
    const options = list(command['options']);
    const named = [command, ...options];
    for (const each of named) {
      const description = text(each['description']);
      if (!/^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u.test(text(each['name']))) return 'name: invalid';
      if (description === '' || description.length > 100) return 'description: 1 to 100';
    }
    if (options.length > 25) return 'options: Must be 25 or fewer in length.';
    const firstOptional = options.findIndex((option) => option['required'] !== true);
    const lastRequired = options.findLastIndex((option) => option['required'] === true);
    if (firstOptional >= 0 && lastRequired > firstOptional) {
      return 'options: Required options must be placed before non-required options';
    }
  }
  return null;
}

export function faultOfChoices(choices: readonly Json[]): string | null {
  if (choices.length > 25) return 'choices: Must be 25 or fewer in length.';
  const isBad = ({ name, value }: Json) =>
    text(name) === '' || text(name).length > 100 || text(value).length > 100;
  return choices.some(isBad) ? 'choices: Must be between 1 and 100 in length.' : null;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
