// Making and reading a town's folder. Storage trouble leaves files that are whole; found_town begins with the
// root, so a folder that was begun is never taken for a town without one.
#include "platform/town/town_folder.h"

#include "core/screen/json.h"
#include "platform/host/file.h"
#include "platform/hub/feed_writer.h"

namespace machi::town {
namespace {

using base::Code;
using base::fail;
using mail::TownRole;
namespace fs = std::filesystem;

constexpr std::size_t kKeyFileLimit = 200;
constexpr std::size_t kPackLimit = 1 << 20;
constexpr std::int64_t kEarlier = 2 * 86400;

// Roles of a new town, and where the key of each lies.
struct Place {
  TownRole role;
  std::string_view folder;
  std::string_view name;
};
constexpr Place kPlaces[] = {
    {TownRole::Directory, "keys", "directory"}, {TownRole::Editor, "keys", "editor"},
    {TownRole::Seal, "keys", "seal"},           {TownRole::Clerk, "keys", "clerk"},
    {TownRole::Office, "keys", "office"},       {TownRole::HubFreshness, "hub", "freshness"},
    {TownRole::HubReceipt, "hub", "receipt"},
};

Status make_folder(const fs::path& path, bool secret) {
  std::error_code error;
  fs::create_directories(path, error);
  if (!error && secret) fs::permissions(path, fs::perms::owner_all, error);
  if (error) return fail(Code::Storage, "folder");
  return {};
}

fs::path key_file(const fs::path& path, std::string_view folder, std::string_view name) {
  return path / folder / (std::string(name) + std::string(kKeySuffix));
}

Result<crypto::SignKey> new_key(const fs::path& file, base::Entropy& entropy) {
  crypto::Secret<32> seed;
  entropy.fill(seed.bytes());
  const std::string text = base::to_hex(seed.view()) + "\n";
  MACHI_TRY(host::write_file(file, base::view(text), host::Privacy::Secret));
  return crypto::sign_key(std::move(seed));
}

Result<crypto::SignKey> key_in(const fs::path& file) {
  MACHI_TRY_SET(text, host::read_file(file, kKeyFileLimit));
  std::string_view hex = base::text_view(text);
  while (!hex.empty() && (hex.back() == '\n' || hex.back() == '\r')) hex.remove_suffix(1);
  MACHI_TRY_SET(raw, base::from_hex(hex));
  MACHI_TRY_SET(seed, base::fixed<32>(raw));
  crypto::wipe(raw);
  return crypto::sign_key(crypto::Secret<32>(seed));
}

}  // namespace

std::string TownFolder::pack() const {
  std::string out =
      "{\"town\":\"" + town.id.hex() + "\",\"root\":\"" + base::to_hex(town.root.bytes) + "\",\"name\":";
  screen::write_text(out, plan.name);
  if (!plan.site.empty()) {
    out += ",\"site\":";
    screen::write_text(out, plan.site);
  }
  if (plan.shelter) {
    out += ",\"shelter\":{\"office\":\"" + plan.shelter->office.hex() +
           "\",\"epoch\":" + std::to_string(plan.shelter->epoch) + ",\"key\":\"" +
           base::to_hex(plan.shelter->key.bytes) + "\"}";
  }
  out += ",\"closedDays\":[";
  for (std::size_t i = 0; i < plan.closed_days.size(); ++i)
    out += (i > 0 ? ",\"" : "\"") + plan.closed_days[i].iso() + "\"";
  return out + "]}";
}

Status write_pack(const TownFolder& folder) {
  const std::string text = folder.pack() + "\n";
  return host::write_file(folder.path / "pack.json", base::view(text));
}

Result<TownFolder> found_town(const fs::path& path, TownPlan plan, base::Entropy& entropy, Instant now) {
  if (fs::exists(path / "pack.json") || fs::exists(path / "root"))
    return fail(Code::Conflict, "there is a town already");
  for (std::string_view folder : {"root", "keys", "hub", "feed"})
    MACHI_TRY(make_folder(path / folder, folder != "feed"));
  MACHI_TRY(make_folder(path / "board", true));
  MACHI_TRY_SET(board, new_key(key_file(path, "board", "board"), entropy));
  static_cast<void>(board);
  MACHI_TRY_SET(root, new_key(key_file(path, "root", "root"), entropy));
  TownFolder folder{path, {entropy.id<base::TownTag>(), root.open}, std::move(plan)};
  // Its successor is made now and named by the root, so that a lost or stolen root can be followed by
  // another.
  MACHI_TRY_SET(next_root, new_key(key_file(path, "root", "next-root"), entropy));
  MACHI_TRY(host::write_file(folder.feed() / "successor.cbor",
                             mail::make_successor(folder.town.id, next_root.open, root)));
  std::vector<mail::Bytes> delegations;
  for (const Place& place : kPlaces) {
    MACHI_TRY_SET(key, new_key(key_file(path, place.folder, place.name), entropy));
    delegations.push_back(
        mail::make_delegation({folder.town.id, place.role, key.open, now.plus_seconds(-kEarlier),
                               now.plus_seconds(kDelegationSeconds)},
                              root));
  }
  MACHI_TRY(host::write_file(folder.feed() / "delegations.cbor", hub::encode_delegations(delegations)));
  MACHI_TRY_SET(writer, hub::FeedWriter::open(folder.feed(), folder.town.id));
  MACHI_TRY_SET(editor, read_key(folder, "editor"));
  MACHI_TRY(writer.publish(editor, now));
  MACHI_TRY(write_pack(folder));
  return folder;
}

Result<TownFolder> open_town(const fs::path& path) {
  MACHI_TRY_SET(text, host::read_file(path / "pack.json", kPackLimit));
  MACHI_TRY_SET(pack, app::read_pack(base::text_view(text)));
  return TownFolder{path, pack.town, {pack.name, pack.closed_days, pack.site, pack.shelter}};
}

Result<crypto::SignKey> read_key(const TownFolder& folder, std::string_view name) {
  return key_in(key_file(folder.path, "keys", name));
}

Result<hub::OfficeKeys> read_hub_keys(const TownFolder& folder) {
  MACHI_TRY_SET(freshness, key_in(key_file(folder.path, "hub", "freshness")));
  MACHI_TRY_SET(receipt, key_in(key_file(folder.path, "hub", "receipt")));
  return hub::OfficeKeys{folder.town, std::move(freshness), std::move(receipt)};
}

Result<crypto::DeviceSeed> read_board(const TownFolder& folder) {
  MACHI_TRY_SET(key, key_in(key_file(folder.path, "board", "board")));
  return crypto::DeviceSeed(std::move(key.seed));
}

Status publish_office(const TownFolder& folder, const mail::Office& office, Instant now) {
  MACHI_TRY_SET(directory, read_key(folder, "directory"));
  MACHI_TRY_SET(editor, read_key(folder, "editor"));
  MACHI_TRY_SET(writer, hub::FeedWriter::open(folder.feed(), folder.town.id));
  MACHI_TRY(writer.append(mail::make_item(
      {folder.town.id, writer.next_serial(), "office", now, mail::encode_office(office)}, directory)));
  return writer.publish(editor, now);
}

}  // namespace machi::town
