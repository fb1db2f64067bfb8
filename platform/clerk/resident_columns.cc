// Names of columns. They are held against each other without widths, spaces, brackets and small marks.
#include "platform/clerk/resident_columns.h"

#include <array>

#include "core/base/text.h"
#include "core/rules/date_text.h"

namespace machi::clerk {
namespace {

struct Named {
  std::string_view name;
  bool needed = false;
};
constexpr std::array<Named, kColumns> kNames = {{{"宛名番号", true},
                                                 {"世帯番号", true},
                                                 {"異動", false},
                                                 {"異動年月日", false},
                                                 {"支援措置", false},
                                                 {"氏名", true},
                                                 {"氏名カナ", false},
                                                 {"通称", false},
                                                 {"生年月日", true},
                                                 {"性別", false},
                                                 {"続柄", true},
                                                 {"世帯主", false},
                                                 {"住所", true},
                                                 {"住民となった年月日", false},
                                                 {"住所を定めた年月日", false},
                                                 {"届出年月日", false},
                                                 {"転入前住所", false},
                                                 {"本籍", false},
                                                 {"筆頭者", false},
                                                 {"個人番号", false},
                                                 {"国籍・地域", false},
                                                 {"在留資格", false},
                                                 {"在留期間", false},
                                                 {"在留期間の満了の日", false},
                                                 {"在留カード等の番号", false},
                                                 {"利用者証明用電子証明書の番号", false},
                                                 {"印鑑登録番号", false},
                                                 {"印鑑登録年月日", false},
                                                 {"印影", false},
                                                 {"附票の住所", false},
                                                 {"戸籍事項", false}}};

struct Other {
  std::string_view name;
  Column column;
};
constexpr Other kOthers[] = {
    {"住民番号", Column::Number},
    {"宛名コード", Column::Number},
    {"世帯コード", Column::Household},
    {"異動事由", Column::Standing},
    {"住民状態", Column::Standing},
    {"異動日", Column::Left},
    {"支援措置対象者", Column::Guarded},
    {"DV等支援措置", Column::Guarded},
    {"氏名漢字", Column::Name},
    {"氏名_漢字", Column::Name},
    {"氏名フリガナ", Column::Kana},
    {"フリガナ", Column::Kana},
    {"カナ氏名", Column::Kana},
    {"通称名", Column::Alias},
    {"出生の年月日", Column::Birth},
    {"男女の別", Column::Sex},
    {"世帯主との続柄", Column::Relationship},
    {"世帯主の氏名", Column::Head},
    {"世帯主氏名", Column::Head},
    {"現住所", Column::Address},
    {"住民となった日", Column::ResidentSince},
    {"住民日", Column::ResidentSince},
    {"住定日", Column::AddressSince},
    {"住所を定めた日", Column::AddressSince},
    {"届出日", Column::Notified},
    {"従前の住所", Column::PreviousAddress},
    {"前住所", Column::PreviousAddress},
    {"戸籍の筆頭者", Column::RegisterHead},
    {"筆頭者の氏名", Column::RegisterHead},
    {"マイナンバー", Column::MyNumber},
    {"国籍", Column::Nationality},
    {"国籍等", Column::Nationality},
    {"在留期間等", Column::Period},
    {"満了日", Column::StayUntil},
    {"在留期間満了日", Column::StayUntil},
    {"在留カード番号", Column::ResidenceCard},
    {"利用者証明用電子証明書の発行番号", Column::Card},
    {"利用者証明用電子証明書シリアル番号", Column::Card},
    {"登録番号", Column::SealNumber},
    {"印鑑登録日", Column::SealDay},
};

std::string bare(std::string_view heading) {
  std::u32string out;
  for (const char32_t sign : base::to_code_points(base::search_form(heading))) {
    const bool mark = sign == U'_' || sign == U'-' || sign == U'.' || sign == U'・' || sign == U'(' ||
                      sign == U')' || sign == 0xFEFF || sign == U'\n' || sign == U'\r';
    if (!mark) out.push_back(sign);
  }
  return base::from_code_points(out);
}

}  // namespace

std::string_view name_of(Column column) { return kNames[static_cast<std::size_t>(column)].name; }
bool needed(Column column) { return kNames[static_cast<std::size_t>(column)].needed; }

std::optional<Column> column_named(std::string_view heading) {
  const std::string name = bare(heading);
  for (std::size_t i = 0; i < kColumns; ++i)
    if (bare(kNames[i].name) == name) return static_cast<Column>(i);
  for (const Other& other : kOthers)
    if (bare(other.name) == name) return other.column;
  return std::nullopt;
}

std::optional<TaxColumn> tax_column(std::string_view heading) {
  constexpr std::string_view kYear = "年度";
  std::string text = base::trimmed(heading);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  const auto at = text.find(kYear);
  if (at == std::string::npos || at == 0 || at > 40) return std::nullopt;
  const auto year = rules::parse_date_text(text.substr(0, at) + "年");
  std::string label = base::trimmed(std::string_view(text).substr(at + kYear.size()));
  while (label.starts_with("_")) label.erase(0, 1);
  if (!year.ok() || year->precision != rules::DatePrecision::Year || label.empty()) return std::nullopt;
  return TaxColumn{year->last.year(), std::move(label)};
}

}  // namespace machi::clerk
