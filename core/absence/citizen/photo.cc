// Pictures are named by random ids while they are drafts, by their hash once they were sent.
#include "core/absence/citizen/photo.h"

#include "core/absence/citizen/draft.h"
#include "core/code/jpeg.h"

namespace machi::absence {
namespace {

constexpr std::string_view kWhys[] = {"not-picture", "heic", "too-large", "unreadable"};

std::optional<Photo> photo_named(store::Database& database, const std::string& name) {
  const auto raw = base::from_hex(name);
  const auto hash = base::fixed<32>(raw.ok() ? base::ByteView(*raw) : base::ByteView());
  return hash.ok() ? PhotoBook(database).named(*hash) : std::nullopt;
}

}  // namespace

void PhotoField::open(const CitizenContext& context, const std::string& draft_key) {
  name_ = DraftBook(context.database).photo(draft_key);
  error_.clear();
}

Status PhotoField::keep(const CitizenContext& context, const std::string& draft_key,
                        const std::optional<Photo>& photo) {
  *this = {};
  DraftBook drafts(context.database);
  if (!photo) return drafts.drop_photo(draft_key);
  const std::string name = base::to_hex(photo->blob);
  MACHI_TRY(drafts.save_photo(draft_key, name, {}));
  name_ = name;
  return {};
}

Status PhotoField::take(const CitizenContext& context, const std::string& draft_key,
                        const ChosenPhoto& chosen) {
  const auto head = code::read_jpeg(chosen.bytes);
  // A host that left in where the picture was taken has not done its work: nothing of it leaves the phone.
  const bool good = head.ok() && !head->tells_more && chosen.bytes.size() <= kPhotoLimit;
  error_.clear();
  if (!good) error_ = "absence.photo.error.unreadable";
  for (const std::string_view why : kWhys)
    if (why == chosen.why) error_ = "absence.photo.error." + chosen.why;
  if (!error_.empty()) return {};
  const std::string name = context.entropy.id<base::MessageTag>().hex();
  MACHI_TRY(DraftBook(context.database).save_photo(draft_key, name, chosen.bytes));
  name_ = name;
  return {};
}

Status PhotoField::remove(const CitizenContext& context, const std::string& draft_key) {
  MACHI_TRY(DraftBook(context.database).drop_photo(draft_key));
  *this = {};
  return {};
}

screen::Node PhotoField::node(const words::Words& words, std::string version) const {
  std::vector<screen::Option> options{screen::option("take", words("absence.photo.take")),
                                      screen::option("choose", words("absence.photo.choose"))};
  if (!empty()) options.push_back(screen::option("remove", words("absence.photo.remove")));
  screen::Node node = screen::photo("photo", words("absence.photo"), name_, std::move(options));
  node.hint = words(empty() ? "absence.photo.hint" : "absence.photo.alt");
  node.version = std::move(version);
  if (!error_.empty()) node.error = words(error_);
  return node;
}

Result<MessageId> send_on(const CitizenContext& context, const MailboxId& office, std::string_view kind,
                          code::Cbor content, const std::optional<Photo>& photo,
                          std::vector<mail::Enclosure> enclosures) {
  MACHI_TRY_SET(recipient, context.mail.recipient(office));
  std::vector<Photo> photos;
  if (photo) photos.push_back(*photo);
  MACHI_TRY_SET(message, context.mail.send(recipient, kind, std::move(content), context.now,
                                           std::move(enclosures), &photos));
  MACHI_TRY(PhotoBook(context.database).add(message.view(), photos, context.now));
  return message;
}

Result<MessageId> send_with_photo(const CitizenContext& context, const MailboxId& office,
                                  std::string_view kind, code::Cbor content, const std::string& name) {
  std::vector<mail::Enclosure> enclosures;
  if (base::Bytes bytes = DraftBook(context.database).photo_bytes(name); !bytes.empty())
    enclosures.push_back({std::string(kPhotoType), std::move(bytes)});
  const auto before = photo_named(context.database, name);
  if (!name.empty() && enclosures.empty() && !before) return base::fail(base::Code::Storage, "photo");
  return send_on(context, office, kind, std::move(content), before, std::move(enclosures));
}

std::optional<screen::Node> sent_photo(const CitizenContext& context, const MessageId& message) {
  const auto photo = PhotoBook(context.database).of(message.view());
  if (!photo) return std::nullopt;
  screen::Node node =
      screen::photo("photo:" + message.hex(), context.words("absence.photo.sent"), base::to_hex(photo->blob));
  node.hint = context.words("absence.photo.alt");
  return node;
}

base::Bytes picture_of(store::Database& database, const mail::Client& mail, const std::string& name) {
  base::Bytes bytes = DraftBook(database).photo_bytes(name);
  if (!bytes.empty()) return bytes;
  const auto photo = photo_named(database, name);
  auto kept = photo ? mail.enclosed(*photo) : Result<base::Bytes>(base::Bytes());
  return kept.ok() ? std::move(*kept) : base::Bytes();
}

}  // namespace machi::absence
