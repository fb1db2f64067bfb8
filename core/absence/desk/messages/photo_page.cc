// The photo of a paper that came with a report or a note: fetched from the hub when somebody opens it,
// checked, shown large and printed. What is wrong with it is said here; the report stands as it is. Pure over
// the tables.
#include "core/absence/desk/page.h"
#include "core/code/jpeg.h"

namespace machi::absence {
namespace {

using base::Code;
using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Tone;

std::optional<Photo> photo_at(const SchoolDesk& school, std::string_view name) {
  const auto raw = base::from_hex(name);
  return raw.ok() ? school.photos().of(*raw) : std::nullopt;
}

// Why there is no picture: not at the hub (it is on its way still, or ninety days have passed), or no good
// one.
void add_trouble(const DeskScene& scene, Code code, screen::Nodes& main) {
  const auto& words = scene.words;
  if (code != Code::NotFound) {
    main.push_back(screen::alert("trouble", words("desk.photo.bad"), Tone::Danger));
    main.back().hint = words("desk.photo.bad.hint");
    return;
  }
  const bool old = scene.place.photo->written.plus_seconds(kPhotoDays * 86400) < scene.now;
  Node alert = screen::alert("trouble", words(old ? "desk.photo.gone" : "desk.photo.missing"), Tone::Warning);
  if (!old)
    alert.children.push_back(
        screen::button("again", words("desk.photo.again"), Importance::Secondary, Icon::Retry));
  main.push_back(std::move(alert));
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const PhotoView& place = *scene.place.photo;
  const auto pupil = scene.school.roll().pupil(place.pupil);
  const std::string name = pupil ? pupil_name(words, *pupil) : words("desk.pupil.gone");
  screen::Screen out =
      desk_frame(scene, "desk.photo/" + place.name, words("desk.photo.title", {{"name", name}}));
  out.main.push_back(screen::link("back", words("button.back"), "", Icon::Back));
  Node heading = screen::heading("heading", words("desk.photo.title", {{"name", name}}));
  heading.hint = words.moment(place.written, scene.now);
  out.main.push_back(std::move(heading));
  const PhotoShown* shown = scene.photo;
  if (shown && shown->trouble) {
    add_trouble(scene, *shown->trouble, out.main);
  } else if (!shown || shown->bytes.empty()) {
    out.main.push_back(scene.connected ? screen::progress("coming", words("desk.photo.coming"))
                                       : screen::alert("coming", words("desk.photo.offline"), Tone::Warning));
  } else {
    Node picture =
        screen::photo("photo", words("desk.photo.picture", {{"name", name}}), base::to_hex(shown->hash),
                      {screen::option("zoom", words("desk.photo.zoom"))});
    picture.hint = words("desk.photo.alt");
    out.main.push_back(std::move(picture));
    Node print = screen::button("print", words("desk.print"), Importance::Secondary);
    print.hint = words("desk.photo.kept");
    out.main.push_back(std::move(print));
  }
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node == "print") turn.wish.print = true;
  if (action.node == "again") turn.wish.photo = photo_at(turn.school, turn.place.photo->name);
  return true;
}

// Whose it is and when it came: as the row said that was pressed.
std::optional<PhotoView> found(const DeskScene& scene, std::string_view name) {
  const std::string wanted(name);
  const auto raw = base::from_hex(name);
  if (!raw.ok()) return std::nullopt;
  if (raw->size() == 16) {
    const auto message = base::MessageId::from(*raw);
    const auto report = message.ok() ? scene.school.report_of(*message) : std::nullopt;
    if (!report) return std::nullopt;
    return PhotoView{wanted, report->report.pupil, std::min(report->written, report->taken),
                     scene.place.page};
  }
  for (const NoteLine& line : scene.school.notes().about(scene.place.thread))
    if (photo_name(line.note.note, line.phone) == *raw)
      return PhotoView{wanted, line.note.pupil, line.at, scene.place.page};
  return std::nullopt;
}

}  // namespace

void add_photo_button(const DeskScene& scene, base::ByteView name, screen::Nodes& place) {
  if (!scene.school.photos().of(name)) return;
  place.push_back(screen::button("photo." + base::to_hex(name), scene.words("desk.photo"),
                                 Importance::Secondary, Icon::Picture));
}

bool open_photo(PageTurn& turn, const screen::Action& action) {
  const auto name = action.action == "press" ? subject(action, "photo") : std::nullopt;
  if (!name) return false;
  auto place = found(turn.scene, *name);
  const auto photo = photo_at(turn.school, *name);
  if (!place || !photo) return false;
  turn.place.photo = std::move(place);
  turn.place.page = DeskPage::Picture;
  turn.wish.photo = photo;
  return true;
}

Status check_photo(base::ByteView bytes) {
  if (bytes.size() > kPhotoLimit) return base::fail(Code::TooLarge, "photo");
  MACHI_TRY(code::read_jpeg(bytes));
  return {};
}

const Page kPhotoPage{DeskPage::Picture, "", Icon::Picture, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence
