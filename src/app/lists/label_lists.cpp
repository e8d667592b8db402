#include "lists/label_lists.hpp"

#include "config/config_keys.hpp"
#include "lists/list_reader.hpp"

#include <map>
#include <stdexcept>

namespace moneytrail {
namespace {

using labels::Naming;

constexpr std::string_view kType = "type:";
constexpr std::size_t kLongestName = 256;
constexpr std::size_t kLongestCategory = 64;
constexpr std::size_t kLongestText = 512;
constexpr std::size_t kLongestSource = 128;
// Of all lists: some 2 GB, a mistake or lists for another kind of machine.
constexpr std::size_t kMostLabels = 10'000'000;

constexpr std::string_view kKinds = "cex, protocol, bridge, fund, person, miner, mixer, flagged or other";
constexpr std::string_view kFlags = "none, mixer, scam, hacker, phishing, sanctioned or nothing";

std::expected<Naming, std::string> parse_naming(std::span<const std::string_view> fields) {
    const auto flag_text = fields.size() > 3 && !fields[3].empty() ? fields[3] : "none";
    if (fields[0].empty()) return std::unexpected{"name: missing, expected the name that labels have"};
    if (auto wrong = wrong_text({"name", fields[0], kLongestName}); !wrong.empty())
        return std::unexpected{wrong};
    const bool is_category = fields[0].starts_with(kType);
    if (is_category ? !fields[1].empty() : !fits({.kind = ValueKind::name}, fields[1]))
        return std::unexpected{"id: expected " +
                               (is_category ? "nothing for a type" : describe({.kind = ValueKind::name})) +
                               ", got " + in_quotes(fields[1])};
    const auto kind = labels::parse_kind(fields[2]);
    if (!kind)
        return std::unexpected{"kind: expected " + std::string{kKinds} + ", got " + in_quotes(fields[2])};
    const auto flag = labels::parse_flag(flag_text);
    if (!flag)
        return std::unexpected{"flag: expected " + std::string{kFlags} + ", got " + in_quotes(flag_text)};
    return Naming{.name = std::string{is_category ? fields[0].substr(kType.size()) : fields[0]},
                  .id = std::string{fields[1]},
                  .kind = *kind,
                  .flag = *flag};
}

std::string described(const Naming& naming) {
    auto text = in_quotes(naming.name) + " is " + (naming.id.empty() ? "" : naming.id + ", ") +
                std::string{to_string(naming.kind)};
    if (naming.flag != labels::Flag::none) text += ", " + std::string{to_string(naming.flag)};
    return text;
}

class NamesCollector {
  public:
    NamesCollector(const std::string& file, Problems& problems) : file_{file}, problems_{problems} {}

    void take(const CsvRecord& record) {
        const auto naming = parse_naming(record.fields);
        if (!naming) return problems_.add({file_, record.line, "", naming.error()});
        const bool is_category = naming->id.empty();
        const auto* before = is_category ? names_.add_category(*naming) : names_.add(*naming);
        if (before == nullptr) {
            lines_.try_emplace({is_category, naming->name}, record.line);
            return;
        }
        const auto line = lines_.find({is_category, before->name});
        const auto where =
            line == lines_.end() ? std::string{" always"} : " in line " + std::to_string(line->second);
        problems_.add(
            {file_, record.line, "",
             described(*naming) + ", but " + described(*before) + where +
                 ": expected one organisation and flag for a name, and one kind for an organisation"});
    }

    labels::Names finish() && { return std::move(names_); }

  private:
    const std::string& file_;
    Problems& problems_;
    labels::Names names_;
    std::map<std::pair<bool, std::string>, std::size_t> lines_;
};

std::expected<labels::Label, std::string> parse_label(std::span<const std::string_view> fields,
                                                      const labels::Names& names) {
    const auto address = Address::from_hex(fields[0]);
    if (!address) return std::unexpected{wrong_address(fields[0])};
    const auto source = fields.size() > 4 ? fields[4] : std::string_view{};
    for (const auto& field :
         {ListField{"entity", fields[1], kLongestName}, ListField{"category", fields[2], kLongestCategory},
          ListField{"label", fields[3], kLongestText}, ListField{"source", source, kLongestSource}})
        if (auto wrong = wrong_text(field); !wrong.empty()) return std::unexpected{std::move(wrong)};
    if (!fields[2].empty() && names.find_category(fields[2]) == nullptr)
        return std::unexpected{"category: " + in_quotes(fields[2]) +
                               " is unknown, expected a kind or flag, or a type that lists.entities has"};
    if (fields[1].empty() && fields[2].empty() && fields[3].empty())
        return std::unexpected{"expected at least one of entity, category and label"};
    return labels::Label{.address = *address,
                         .name = fields[1],
                         .category = fields[2],
                         .text = fields[3],
                         .source = source.empty() ? std::string_view{"user"} : source};
}

void note_unknown_categories(std::span<const postgres::ImportedLabels> imported, const labels::Names& names,
                             std::vector<std::string>& notes) {
    std::map<std::string_view, std::size_t> unknown;
    for (const auto& [_, lines, is_new] : imported)
        for (const auto& label : lines)
            if (!label.category.empty() && names.find_category(label.category) == nullptr)
                ++unknown[label.category];
    for (const auto& [category, count] : unknown)
        notes.push_back("lists.entities no longer has the type " + in_quotes(category) + " of " +
                        std::to_string(count) + " imported labels, which now stands for nothing");
}

}  // namespace

Checked<labels::Names> parse_entities(const NamedText& file) {
    Problems problems{kMostListProblems};
    NamesCollector names{file.name, problems};
    read_list(file, {"name,id,kind,flag", 3, 4}, problems, [&](const CsvRecord& record) {
        names.take(record);
        return true;
    });
    if (!problems.empty()) return std::unexpected{std::move(problems)};
    return std::move(names).finish();
}

void read_labels(const NamedText& file, const labels::Names& names, Problems& problems,
                 const TakeLabel& take) {
    constexpr ListShape kShape{.columns = "address,entity,category,label,source",
                               .fewest = 4,
                               .most = 5,
                               .other_columns = "address,entity,category,label,source_repo"};
    std::size_t count = 0;
    read_list(file, kShape, problems, [&](const CsvRecord& record) {
        const auto label = parse_label(record.fields, names);
        if (!label)
            problems.add({file.name, record.line, "", label.error()});
        else if (++count > kMostLabels)
            problems.add({file.name, record.line, "", "more than 10000000 labels, the most that are read"});
        else
            take(*label);
        if (label) warn_of_checksum({file.name, record.line}, record.fields[0], problems);
        return count <= kMostLabels;
    });
}

Checked<labels::Names> load_names(const Lists& lists) {
    if (!lists.entities) return labels::Names{};
    Problems problems{kMostListProblems};
    const auto text = read_list_file(*lists.entities, problems);
    if (!problems.empty()) return std::unexpected{std::move(problems)};
    return parse_entities(text);
}

Checked<LoadedLabels> load_labels(const Lists& lists, std::span<const postgres::ImportedLabels> imported) {
    const auto names = load_names(lists);
    if (!names) return std::unexpected{names.error()};
    Problems problems{kMostListProblems};
    LoadedLabels loaded;
    labels::LabelBookMaker maker{*names};
    const auto take = [&](const labels::Label& label) {
        if (++loaded.lines > kMostLabels)
            throw std::length_error{"more than 10000000 labels of all lists, the most that are read"};
        maker.add(label);
    };
    for (const auto& path : lists.labels) try {
            read_labels(read_list_file(path, problems), *names, problems, take);
        } catch (const std::length_error& error) {
            problems.add({path.string(), 0, "", error.what()});
            break;
        }
    if (!problems.empty()) return std::unexpected{std::move(problems)};
    for (const auto& [list, lines, is_new] : imported) try {
            for (const auto& label : lines) take(label.view());
        } catch (const std::length_error& error) {
            const auto remedy = is_new ? "" : ": take it out with `labels remove " + list + "`";
            problems.add({"imported list " + list, 0, "", error.what() + remedy});
            return std::unexpected{std::move(problems)};
        }
    note_unknown_categories(imported, *names, loaded.notes);
    loaded.warnings = problems.warnings();
    loaded.book = std::move(maker).finish();
    return loaded;
}

std::string summary_of(const LoadedLabels& labels) {
    const auto& book = labels.book;
    return std::to_string(labels.lines) + " labels of " + std::to_string(book.size()) + " addresses, " +
           std::to_string(book.repeated()) + " of them repeated, " + std::to_string(book.contested()) +
           " addresses contested between sources; version " + book.version();
}

}  // namespace moneytrail
