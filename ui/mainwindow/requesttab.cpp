// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/requesttab.h"

#include "ui/request/authpanel.h"
#include "ui/request/bodypanel.h"
#include "ui/request/requestbar.h"
#include "ui/request/requestfile.h"
#include "ui/request/settingspanel.h"
#include "ui/request/tablepanels.h"
#include "ui/request/urlquery.h"
#include "ui/response/responseview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/underlinetabs.h"
#include "ui/widgets/worker.h"

#include <QScopedValueRollback>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

template<typename Row>
qsizetype enabledCount(const std::vector<Row> &rows)
{
    return std::ranges::count_if(rows, &Row::enabled);
}

QString withCount(const QString &name, qsizetype count)
{
    return count == 0 ? name : u"%1 %2"_s.arg(name).arg(count);
}

} // namespace

RequestTab::RequestTab(RequestInContext context, QWidget *parent)
    : QWidget(parent), m_context(std::move(context)), m_saved(m_context.request),
      m_message(new MessageBar(this)), m_bar(new RequestBar(&m_variables, this)),
      m_tabs(new UnderlineTabs(this)), m_splitter(new QSplitter(Qt::Vertical, this)),
      m_response(new ResponseView(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_variables.setDefaults(m_context.defaults);
    m_variables.setRequest(m_context.request.variables);
    addPages();
    m_bar->setMethod(spec().method);
    m_bar->setUrl(spec().url);
    auto *editor = new QWidget(this);
    auto *editorLayout = new QVBoxLayout(editor);
    editorLayout->setContentsMargins(0, 0, 0, 0);
    editorLayout->setSpacing(0);
    editorLayout->addWidget(m_bar);
    editorLayout->addWidget(m_tabs, 1);
    m_splitter->addWidget(editor);
    m_splitter->addWidget(m_response);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({232, 420});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_splitter, 1);
    connect(m_bar, &RequestBar::methodEdited, this, [this](const QString &method) {
        RequestSpec edited = spec();
        edited.method = method;
        edit(SpecPart::Method, std::move(edited));
    });
    connect(m_bar, &RequestBar::urlEdited, this, &RequestTab::urlEdited);
    connect(m_bar, &RequestBar::sendClicked, this, &RequestTab::sendRequested);
    connect(m_bar, &RequestBar::cancelClicked, this, &RequestTab::cancelRequested);
    updateTitles();
}

RequestTab::~RequestTab() = default;

QString RequestTab::title() const
{
    if (!spec().name.isEmpty())
        return spec().name;
    return spec().url.isEmpty() ? tr("New request") : spec().url;
}

void RequestTab::setPath(const QString &path)
{
    m_context.path = path;
    checkFile();
}

void RequestTab::addPages()
{
    static const std::array<const char *, PageCount> Names{
        QT_TR_NOOP("Params"), QT_TR_NOOP("Headers"),  QT_TR_NOOP("Body"), QT_TR_NOOP("Auth"),
        QT_TR_NOOP("Checks"), QT_TR_NOOP("Settings"), QT_TR_NOOP("Docs")};
    for (int i = 0; i < PageCount; ++i)
        m_tabs->addPage(tr(Names[std::size_t(i)]), [this, i] { return makePanel(Page(i)); });
    m_tabs->setObjectName(u"requestParts"_s);
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the request"));
}

QWidget *RequestTab::makePanel(Page page)
{
    RequestPanel *panel = nullptr;
    switch (page) {
    case ParamsPage:
        panel = new ParamsPanel(&m_variables, this);
        break;
    case HeadersPage:
        panel = new HeadersPanel(&m_variables, this);
        break;
    case BodyPage:
        panel = new BodyPanel(&m_variables, this);
        break;
    case AuthPage:
        panel = new AuthPanel(this);
        break;
    case ChecksPage:
        panel = new ChecksPanel(this);
        break;
    case SettingsPage:
        panel = new SettingsPanel(this);
        break;
    case DocsPage:
        panel = new DocsPanel(this);
        break;
    case PageCount:
        Q_UNREACHABLE();
    }
    panel->load(spec());
    m_panels[page] = panel;
    connect(panel, &RequestPanel::edited, this, [this, page] { panelEdited(page); });
    return panel;
}

void RequestTab::panelEdited(Page page)
{
    static constexpr std::array<SpecPart, PageCount> Parts{
        SpecPart::Params, SpecPart::Headers,  SpecPart::Body, SpecPart::Auth,
        SpecPart::Checks, SpecPart::Settings, SpecPart::Docs};
    if (m_showing)
        return;
    RequestSpec edited = spec();
    m_panels[page]->store(edited);
    if (page == ParamsPage)
        m_bar->setUrl(edited.url);
    edit(Parts[page], std::move(edited));
}

void RequestTab::urlEdited(const QString &url)
{
    RequestSpec edited = spec();
    edited.params = paramsAfterUrlEdit(edited.url, url, edited.params);
    edited.url = url;
    edit(SpecPart::Url, std::move(edited));
    if (m_panels[ParamsPage]) {
        const QScopedValueRollback guard(m_showing, true);
        m_panels[ParamsPage]->load(spec());
    }
}

void RequestTab::edit(SpecPart part, RequestSpec spec)
{
    if (spec == m_context.request)
        return;
    const RequestSpec before = std::exchange(m_context.request, std::move(spec));
    m_undo.push(std::make_unique<SpecCommand>(part, before, m_context.request,
                                              [this](const RequestSpec &shown) { present(shown); })
                    .release());
    updateTitles();
    emit changed();
}

void RequestTab::present(const RequestSpec &spec)
{
    const QScopedValueRollback guard(m_showing, true);
    m_context.request = spec;
    m_variables.setRequest(spec.variables);
    m_bar->setMethod(spec.method);
    m_bar->setUrl(spec.url);
    for (RequestPanel *panel : m_panels) {
        if (panel)
            panel->load(spec);
    }
    updateTitles();
    emit changed();
}

void RequestTab::updateTitles()
{
    const RequestSpec &shown = spec();
    const QString auth = AuthPanel::summary(shown.auth, m_context.defaults);
    m_tabs->setTitle(ParamsPage, withCount(tr("Params"), enabledCount(shown.params)));
    m_tabs->setTitle(HeadersPage, withCount(tr("Headers"), enabledCount(shown.headers)));
    m_tabs->setTitle(BodyPage, shown.body.kind == BodySpec::Kind::None ? tr("Body") : tr("Body ●"));
    m_tabs->setTitle(AuthPage, auth.isEmpty() ? tr("Auth") : tr("Auth · %1").arg(auth));
    m_tabs->setTitle(ChecksPage, withCount(tr("Checks"), enabledCount(shown.assertions)));
    m_tabs->setTitle(DocsPage, shown.docs.isEmpty() ? tr("Docs") : tr("Docs ●"));
}

void RequestTab::setEnvironment(const EnvironmentSpec &environment)
{
    m_variables.setEnvironment(environment);
    m_bar->refreshVariables();
    for (RequestPanel *panel : m_panels) {
        if (panel)
            panel->refreshVariables();
    }
}

void RequestTab::setSending(bool sending)
{
    m_sending = sending;
    m_bar->setSending(sending);
    if (sending)
        m_response->showSending();
    emit changed();
}

void RequestTab::showResult(std::shared_ptr<const SendResult> result)
{
    setSending(false);
    m_response->showResult(std::move(result));
}

void RequestTab::save()
{
    if (path().isEmpty())
        emit saveAsRequested();
    else if (isDirty())
        write(m_saved);
}

void RequestTab::write(const RequestSpec &expectedOnDisk)
{
    const RequestSpec written = spec();
    runInWorker(
        this,
        [file = path(), expectedOnDisk, written] {
            return saveRequest(file, expectedOnDisk, written);
        },
        [this, written](const Result<> &result) {
            if (result) {
                m_saved = written;
                m_message->clear();
                emit changed();
                emit saved();
                return;
            }
            if (result.error().code != ErrorCode::ChangedOnDisk) {
                m_message->showMessage(result.error().toString(), true);
                return;
            }
            checkFile();
        });
}

void RequestTab::checkFile()
{
    if (path().isEmpty())
        return;
    runInWorker(
        this, [file = path()] { return readRequest(file); },
        [this](const Result<RequestInContext> &onDisk) {
            if (!onDisk) {
                m_message->showMessage(onDisk.error().toString(), true);
                return;
            }
            if (onDisk->request == m_saved)
                return;
            if (!isDirty() || onDisk->request == spec()) {
                takeFromDisk(*onDisk);
                return;
            }
            m_message->showMessage(
                tr("The file was changed by another program, and this tab has edits of its own."),
                false,
                {{tr("Keep my edits"), [this, disk = onDisk->request] { write(disk); }},
                 {tr("Load the file"), [this, disk = *onDisk] { takeFromDisk(disk); }}});
        });
}

void RequestTab::takeFromDisk(const RequestInContext &context)
{
    m_context = context;
    m_saved = context.request;
    m_variables.setDefaults(context.defaults);
    m_undo.clear();
    present(context.request);
}

void RequestTab::takeDraft(const RequestSpec &spec)
{
    present(spec);
}

void RequestTab::findInResponse()
{
    m_response->find();
}

void RequestTab::focusUrl()
{
    m_bar->focusUrl();
}

void RequestTab::setSideBySide(bool sideBySide)
{
    m_splitter->setOrientation(sideBySide ? Qt::Horizontal : Qt::Vertical);
}

} // namespace Sluice
