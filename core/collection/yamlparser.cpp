// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamltreebuilder.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

struct Free
{
    void operator()(fy_diag *diag) const { fy_diag_destroy(diag); }
    void operator()(fy_parser *parser) const { fy_parser_destroy(parser); }
};

Result<YamlNode> build(const QByteArray &text, const QString &path)
{
    fy_diag_cfg diagConfig;
    fy_diag_cfg_default(&diagConfig);
    diagConfig.fp = nullptr;
    const std::unique_ptr<fy_diag, Free> diag(fy_diag_create(&diagConfig));
    fy_diag_set_collect_errors(diag.get(), true);
    fy_parse_cfg config{};
    config.flags = fy_parse_cfg_flags(FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE
                                      | FYPCF_SLOPPY_FLOW_INDENTATION);
    config.diag = diag.get();
    const std::unique_ptr<fy_parser, Free> parser(fy_parser_create(&config));
    fy_parser_set_string(parser.get(), text.constData(), size_t(text.size()));

    YamlTreeBuilder tree(text, path);
    bool ok = true;
    while (fy_event *event = ok ? fy_parser_parse(parser.get()) : nullptr) {
        ok = tree.handle(event);
        fy_parser_event_free(parser.get(), event);
    }
    if (tree.error())
        return std::unexpected(*tree.error());
    if (fy_parser_get_stream_error(parser.get())) {
        void *previous = nullptr;
        const fy_diag_error *error = fy_diag_errors_iterate(diag.get(), &previous);
        const QString reason = error ? QString::fromUtf8(error->msg) : u"unreadable"_s;
        return std::unexpected(Error{ErrorCode::Parse, u"Not valid YAML: %1"_s.arg(reason), path,
                                     error ? error->line : 0, error ? error->column : 0});
    }
    return tree.takeRoot();
}

} // namespace

Result<YamlNode> parseYaml(const QByteArray &text, const QString &path)
{
    if (!text.isValidUtf8()) {
        int line = 1;
        for (const QByteArray &bytes : text.split('\n')) {
            if (!bytes.isValidUtf8())
                break;
            ++line;
        }
        return std::unexpected(
            Error{ErrorCode::Parse, u"The file is not UTF-8 text"_s, path, line, 0});
    }
    return build(text, path);
}

} // namespace Sluice
