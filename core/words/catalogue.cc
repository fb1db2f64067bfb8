// Reads a .mo file (GNU gettext manual, "The Format of GNU MO Files") into keys and sentences. Every number
// in it is checked against the file's size before it is followed. Pure; any thread.
#include <algorithm>
#include <optional>

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/words/japanese.h"
#include "core/words/plural.h"
#include "core/words/words.h"

namespace machi::words {
namespace {

constexpr std::size_t kFileLimit = 4u << 20;
constexpr std::uint32_t kEntryLimit = 20000;

class MoFile {
 public:
  explicit MoFile(base::ByteView bytes) : bytes_(bytes) {}

  // The four numbers that everything hangs on.
  bool open() {
    if (bytes_.size() < 28 || bytes_.size() > kFileLimit) return false;
    if (raw(0) == 0xde120495)
      swapped_ = true;
    else if (raw(0) != 0x950412de)
      return false;
    count_ = number(8);
    return number(4) >> 16 <= 1 && count_ <= kEntryLimit && fits(number(12), 8ull * count_) &&
           fits(number(16), 8ull * count_);
  }
  std::uint32_t count() const { return count_; }
  // Entry i of the table at this offset of the head (12: originals, 16: translations). It must end in a NUL.
  std::optional<std::string_view> entry(std::size_t table, std::uint32_t i) const {
    const std::size_t at = number(table) + 8ull * i;
    const std::uint64_t length = number(at), from = number(at + 4);
    if (!fits(from, length + 1)) return std::nullopt;
    const auto begin = static_cast<std::size_t>(from), size = static_cast<std::size_t>(length);
    if (bytes_[begin + size] != 0) return std::nullopt;
    return base::text_view(bytes_.subspan(begin, size));
  }

 private:
  bool fits(std::uint64_t from, std::uint64_t length) const {
    return from <= bytes_.size() && length <= bytes_.size() - from;
  }
  std::uint32_t raw(std::size_t at) const {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = value << 8 | bytes_[at + i];
    return value;
  }
  std::uint32_t number(std::size_t at) const {
    const std::uint32_t value = raw(at);
    if (!swapped_) return value;
    return value >> 24 | (value >> 8 & 0xff00) | (value << 8 & 0xff0000) | value << 24;
  }

  base::ByteView bytes_;
  bool swapped_ = false;
  std::uint32_t count_ = 0;
};

// The value of a line "Name: value" of the header entry, or "".
std::string_view header_line(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::string_view line = header.substr(0, header.find('\n'));
    if (line.starts_with(name) && line.substr(name.size()).starts_with(": "))
      return line.substr(name.size() + 2);
    header.remove_prefix(std::min(header.size(), line.size() + 1));
  }
  return {};
}

}  // namespace

// Looked up by halves, where the file's bytes lie: nothing is copied out of them.
struct Catalogue::Content {
  struct Entry {
    std::string_view key;
    std::string_view forms;  // one behind the other, a NUL between two
  };
  base::Bytes bytes;  // none of the built-in one
  std::string language;
  bool reviewed = false;
  PluralRule plural;
  std::vector<Entry> entries;  // by key
};

namespace {

template <class Entry>
bool by_key(const Entry& a, const Entry& b) {
  return a.key < b.key;
}

std::string_view form_of(std::string_view forms, int form) {
  std::string_view rest = forms;
  for (; form > 0; --form) {
    const auto end = rest.find('\0');
    if (end == std::string_view::npos) return form_of(forms, 0);
    rest.remove_prefix(end + 1);
  }
  return rest.substr(0, rest.find('\0'));
}

}  // namespace

base::Result<std::shared_ptr<const Catalogue>> Catalogue::load(base::ByteView mo) {
  auto content = std::make_shared<Content>();
  content->bytes = base::copy(mo);
  return read(content->bytes, content);
}

base::Result<std::shared_ptr<const Catalogue>> Catalogue::read(base::ByteView mo,
                                                               const std::shared_ptr<Content>& content) {
  const auto no = [](std::string_view what) { return base::fail(base::Code::BadInput, what); };
  MoFile file(mo);
  if (!file.open()) return no("mo head");
  content->entries.reserve(file.count());
  for (std::uint32_t i = 0; i < file.count(); ++i) {
    const auto original = file.entry(12, i), translation = file.entry(16, i);
    if (!original || !translation || !base::is_utf8(*original) || !base::is_utf8(*translation))
      return no("mo entry");
    if (original->empty()) {
      content->language = header_line(*translation, "Language");
      content->reviewed = header_line(*translation, "X-Reviewed") == "yes";
      MACHI_TRY_SET(plural, PluralRule::parse(header_line(*translation, "Plural-Forms")));
      content->plural = std::move(plural);
      continue;
    }
    // Behind the NUL: the plural msgid.
    content->entries.push_back({original->substr(0, original->find('\0')), *translation});
  }
  if (content->language.empty()) return no("mo language");
  auto& entries = content->entries;
  if (!std::is_sorted(entries.begin(), entries.end(), by_key<Content::Entry>))
    std::stable_sort(entries.begin(), entries.end(), by_key<Content::Entry>);
  auto catalogue = std::make_shared<Catalogue>();
  catalogue->content_ = content;
  return std::shared_ptr<const Catalogue>(std::move(catalogue));
}

std::shared_ptr<const Catalogue> Catalogue::japanese() {
  static const std::shared_ptr<const Catalogue> built_in = [] {
    auto loaded = read(japanese_mo(), std::make_shared<Content>());
    MACHI_CHECK(loaded.ok());
    return std::move(*loaded);
  }();
  return built_in;
}

const std::string& Catalogue::language() const { return content_->language; }
bool Catalogue::reviewed_by_speaker() const { return content_->reviewed; }
int Catalogue::plural_form(std::uint64_t n) const { return content_->plural.form(n); }

std::optional<std::string_view> Catalogue::forms_at(std::string_view key) const {
  const auto& entries = content_->entries;
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), key,
                       [](const Content::Entry& one, std::string_view wanted) { return one.key < wanted; });
  if (found == entries.end() || found->key != key) return std::nullopt;
  return found->forms;
}

std::optional<std::string_view> Catalogue::find(std::string_view key, int form) const {
  const auto forms = forms_at(key);
  if (!forms) return std::nullopt;
  return form_of(*forms, form);
}

std::optional<std::string_view> Catalogue::find_for(std::string_view key, std::uint64_t n) const {
  const auto forms = forms_at(key);
  if (!forms) return std::nullopt;
  return forms->find('\0') == std::string_view::npos ? *forms : form_of(*forms, plural_form(n));
}

std::vector<std::string> Catalogue::keys() const {
  std::vector<std::string> out;
  for (const Content::Entry& entry : content_->entries) out.emplace_back(entry.key);
  return out;
}

int Catalogue::forms() const { return content_->plural.forms(); }
int Catalogue::forms_of(std::string_view key) const {
  const auto forms = forms_at(key);
  return forms ? 1 + static_cast<int>(std::count(forms->begin(), forms->end(), '\0')) : 0;
}

}  // namespace machi::words
