#include "config_check.hpp"
#include "postgres/server_url.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace moneytrail {
namespace {

using Kind = ConfigNode::Kind;

bool is_given(const ConfigNode& node) {
    return node.kind != Kind::absent;
}

std::string at(std::string_view list, std::size_t index) {
    return std::string{list} + '[' + std::to_string(index) + ']';
}

// A value that names its element: no other element of the list may have it.
void refuse_twice(const ConfigNode& list, std::string_view list_key, std::string_view key,
                  CheckContext& context) {
    std::map<std::string_view, std::size_t> lines;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const auto& value = list.items[i][key];
        if (value.kind != Kind::scalar) continue;
        const auto [first, is_new] = lines.emplace(value.text, value.line);
        if (!is_new)
            context.wrong(
                value.line, at(list_key, i) + '.' + std::string{key},
                "is the same as in line " + std::to_string(first->second) + ", expected one of its own");
    }
}

// The value itself may hold a password.
void check_database(const ConfigNode& url, CheckContext& context) {
    if (url.kind != Kind::scalar || url.text == "embedded") return;
    if (const auto parsed = postgres::parse_server_url(url.text); !parsed)
        context.wrong(url.line, "database.url", parsed.error());
}

void check_chain(const ConfigNode& chain, const std::string& key, CheckContext& context) {
    const auto& endpoints = chain["endpoints"];
    const auto& archive = chain["archive"];
    if (is_given(endpoints) == is_given(archive))
        context.wrong(chain.line, key,
                      is_given(archive) ? "has both endpoints and an archive, expected one of them"
                                        : "has neither endpoints nor an archive, expected one of them");
    else if (endpoints.kind == Kind::list && endpoints.items.empty())
        context.wrong(endpoints.line, key + ".endpoints",
                      "the list is empty, expected at least one endpoint");
    refuse_twice(endpoints, key + ".endpoints", "name", context);
    for (std::size_t i = 0; i < endpoints.items.size(); ++i) {
        const auto& http = endpoints.items[i]["http"];
        if (http.kind == Kind::scalar && http.text.empty())
            context.note(http.line, at(key + ".endpoints", i), "off, http is empty");
    }
}

void check_chains(const ConfigNode& chains, CheckContext& context) {
    if (!is_given(chains) || (chains.kind == Kind::list && chains.items.empty()))
        context.wrong(chains.line, "chains",
                      "missing, expected at least one chain with endpoints or an archive");
    if (chains.items.size() > 1)
        context.note(chains.line, "chains", "one chain is followed at a time: name it with --chain");
    refuse_twice(chains, "chains", "name", context);
    refuse_twice(chains, "chains", "chain_id", context);
    for (std::size_t i = 0; i < chains.items.size(); ++i)
        if (chains.items[i].kind == Kind::map) check_chain(chains.items[i], at("chains", i), context);
}

void check_entities(const ConfigNode& entities, CheckContext& context) {
    refuse_twice(entities, "entities", "id", context);
    struct Owner {
        std::size_t entity;
        std::size_t line;
    };
    std::unordered_map<Address, Owner> owners;
    for (std::size_t i = 0; i < entities.items.size(); ++i) {
        const auto& entity = entities.items[i];
        const auto& roots = entity["roots"];
        const auto key = at("entities", i);
        if (!roots.items.empty() && is_given(entity["root_identification"]))
            context.wrong(entity["root_identification"].line, key + ".root_identification",
                          "the entity has roots already, expected roots or root_identification");
        for (std::size_t k = 0; k < roots.items.size(); ++k) {
            const auto address = Address::from_hex(roots.items[k].text);
            if (!address) continue;
            const auto line = roots.items[k].line;
            const auto [owner, _] = owners.try_emplace(*address, i, line);
            if (owner->second.entity != i)
                context.wrong(line, at(key + ".roots", k),
                              "is a root of " + at("entities", owner->second.entity) + " in line " +
                                  std::to_string(owner->second.line) +
                                  " too, expected one entity for an address");
        }
    }
}

// Whether `key` is there but empty: how an optional secret turns its owner off.
bool is_empty(const ConfigNode& owner, std::string_view key) {
    return !is_given(owner[key]) || (owner[key].kind == Kind::scalar && owner[key].text.empty());
}

// Empty too when all its elements are.
bool is_empty_list(const ConfigNode& owner, std::string_view key) {
    return std::ranges::all_of(owner[key].items, [](const ConfigNode& item) {
        return item.kind == Kind::scalar && item.text.empty();
    });
}

void check_parts_that_are_on(std::string_view name, const ConfigNode& node, const std::string& key,
                             CheckContext& context) {
    if (name == "slack" && !is_empty(node, "bot_token") && is_empty(node, "channel"))
        context.wrong(node.line, key + ".channel", "missing, expected the channel that bot_token writes to");
    if (name != "email") return;
    if (is_empty(node, "from"))
        context.wrong(node.line, key + ".from", "missing, expected the sender's address");
    if (is_empty_list(node, "to"))
        context.wrong(node.line, key + ".to", "missing, expected at least one recipient's address");
}

void check_outside(std::string_view group, const ConfigNode& owners, CheckContext& context) {
    for (const auto& [name, line, node] : owners.entries) {
        if (node.kind != Kind::map && node.kind != Kind::absent) continue;
        const auto key = std::string{group} + '.' + name;
        const auto why = why_off(name, node);
        if (!why.empty())
            context.note(line, key, "off, " + why);
        else
            check_parts_that_are_on(name, node, key, context);
    }
}

void check_entity_filters(const ConfigNode& channels, const ConfigNode& entities, CheckContext& context) {
    std::map<std::string_view, bool> known;
    for (const auto& entity : entities.items) known.emplace(entity["id"].text, true);
    for (const auto& [name, _, channel] : channels.entries) {
        const auto& filter = channel["entities"];
        for (std::size_t i = 0; i < filter.items.size(); ++i)
            if (filter.items[i].kind == Kind::scalar && !known.contains(filter.items[i].text))
                context.wrong(filter.items[i].line, at("channels." + name + ".entities", i),
                              "no entity has this id, expected the id of one under entities");
    }
}

}  // namespace

std::string why_off(std::string_view name, const ConfigNode& node) {
    if (name == "telegram") {
        if (is_empty(node, "bot_token")) return "bot_token is empty";
        return is_empty_list(node, "chats") ? "chats is empty" : "";
    }
    if (name == "slack")
        return is_empty(node, "webhook_url") && is_empty(node, "bot_token")
                   ? "webhook_url and bot_token are empty"
                   : "";
    if (name == "email") return is_empty(node, "smtp") ? "smtp is empty" : "";
    if (name == "webhook") {
        if (is_empty(node, "url")) return "url is empty";
        return is_empty(node, "secret") ? "secret is empty" : "";
    }
    if (name == "arkham") return is_empty(node, "api_key") ? "api_key is empty" : "";
    if (name == "debank") return is_empty(node, "access_key") ? "access_key is empty" : "";
    return {};
}

void check_relations(const ConfigNode& root, CheckContext& context) {
    if (root.kind != Kind::map && root.kind != Kind::absent) return;
    check_database(root["database"]["url"], context);
    check_chains(root["chains"], context);
    check_entities(root["entities"], context);
    check_outside("channels", root["channels"], context);
    check_outside("vendors", root["vendors"], context);
    check_entity_filters(root["channels"], root["entities"], context);
}

}  // namespace moneytrail
