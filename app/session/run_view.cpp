// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/run_view.h"

#include <QFileInfo>

#include <algorithm>

#include "session/format.h"
#include "session/losses.h"

namespace octavo::gui {

namespace {

// A run of 224 matrices with 14336 channels has about 40 million floats; pages look at a few owners at a time, the heat
// map at one statistic of all layers. 24 MiB keeps both at hand without the window growing with what was looked at
// before.
constexpr std::size_t largestCache = 6u << 20;

// A layer of the smallest model takes longer; the window has better to do than to draw each of its matrices anew.
constexpr int growthInterval = 500; // ms

} // namespace

RunView::RunView(QObject* parent) : QObject(parent) {
    m_growth.setSingleShot(true);
    m_growth.setInterval(growthInterval);
    connect(&m_growth, &QTimer::timeout, this, &RunView::reportsGrown);
}

const Metrics* RunView::metrics() const { return m_run && m_run->record.metrics ? &*m_run->record.metrics : nullptr; }

QString RunView::title() const {
    if (m_live) return m_liveTitle;
    if (!m_run) return {};
    const QString name = QString::fromStdString(m_run->record.model.name), schemes = schemesText(m_run->record);
    return schemes.isEmpty() ? name : name + QStringLiteral(" · ") + schemes;
}

const MatrixReport* RunView::report(const QString& matrix) const {
    const auto it = m_index.constFind(matrix);
    return it == m_index.constEnd() ? nullptr : &m_reports[*it];
}

std::vector<const MatrixReport*> RunView::reportsOfSite(const QString& site) const {
    std::vector<const MatrixReport*> out;
    const std::string wanted = site.toStdString();
    for (const MatrixReport& report : m_reports)
        if (report.site == wanted) out.push_back(&report);
    return out;
}

QStringList RunView::sites() const {
    QStringList out;
    for (const MatrixReport& report : m_reports) {
        const QString site = QString::fromStdString(report.site);
        if (!site.isEmpty() && !out.contains(site)) out.append(site);
    }
    return out;
}

QStringList RunView::siteKinds() const {
    QStringList out;
    for (const MatrixReport& report : m_reports) {
        const QString kind = report.site.empty() ? QString() : withinLayer(QString::fromStdString(report.site));
        if (!kind.isEmpty() && !out.contains(kind)) out.append(kind);
    }
    return out;
}

int RunView::layers() const {
    if (m_live) return m_liveLayers;
    int largest = m_run ? m_run->record.model.layers : 0;
    for (const MatrixReport& report : m_reports) largest = std::max(largest, report.layer + 1);
    return largest;
}

std::shared_ptr<const std::vector<float>> RunView::array(const QString& owner, const char* statistic) const {
    const QString key = owner + QLatin1Char('/') + QLatin1String(statistic);
    if (const auto it = m_arrays.constFind(key); it != m_arrays.constEnd()) return *it;
    auto values = std::make_shared<const std::vector<float>>(m_statistics.get(owner.toStdString(), statistic));
    if (m_cachedFloats + values->size() > largestCache) {
        m_arrays.clear();
        m_cachedFloats = 0;
    }
    m_cachedFloats += values->size();
    m_arrays.insert(key, values);
    return values;
}

std::shared_ptr<const TokenLosses> RunView::losses() const {
    if (!m_lossesTried && m_run) {
        m_lossesTried = true;
        m_losses = read_losses(m_run->folder);
    }
    return m_losses;
}

std::shared_ptr<const ComparisonReport> RunView::comparison() const {
    if (!m_comparisonTried && m_run) {
        m_comparisonTried = true;
        std::error_code status;
        const auto file = m_run->folder / comparison_file_name;
        try {
            if (std::filesystem::is_regular_file(file, status))
                m_comparison = std::make_shared<const ComparisonReport>(read_comparison(file));
        } catch (const Error&) {
            // A damaged file costs the passages, not the run; measuring again replaces it.
        }
    }
    return m_comparison;
}

void RunView::forgetEvaluation() {
    m_losses.reset();
    m_comparison.reset();
    m_lossesTried = m_comparisonTried = false;
}

const SensitivityTable* RunView::sensitivity() const {
    if (!m_sensitivityTried && m_run) {
        m_sensitivityTried = true;
        m_sensitivity.reset();
        std::error_code status;
        const auto file = m_run->folder / sensitivity_file_name;
        try {
            if (std::filesystem::is_regular_file(file, status)) m_sensitivity = read_sensitivity(file);
        } catch (const Error&) {
            // A damaged table costs this picture alone; measuring again replaces it.
        }
    }
    return m_sensitivity ? &*m_sensitivity : nullptr;
}

void RunView::addSensitivity(const QString& runFolder, const SensitivityRow& row) {
    if (!m_run || QString::fromStdString(m_run->folder.string()) != runFolder) return;
    sensitivity();
    if (!m_sensitivity) m_sensitivity.emplace();
    std::vector<SensitivityRow>& rows = m_sensitivity->rows;
    const auto known = std::find_if(rows.begin(), rows.end(), [&](const SensitivityRow& one) {
        return one.group == row.group && one.scheme == row.scheme;
    });
    if (known == rows.end())
        rows.push_back(row);
    else
        *known = row;
    Q_EMIT sensitivityChanged();
}

void RunView::reloadSensitivity() {
    m_sensitivityTried = false;
    Q_EMIT sensitivityChanged();
}

void RunView::reindex() {
    m_index.clear();
    for (std::size_t i = 0; i < m_reports.size(); ++i) m_index.insert(QString::fromStdString(m_reports[i].name), i);
}

bool RunView::isSameRun(const Run* run) const {
    if (m_live || !m_run || !run) return false;
    const RunRecord &a = m_run->record, &b = run->record;
    return m_run->folder == run->folder && a.started == b.started && a.status == b.status &&
           a.layers.size() == b.layers.size();
}

void RunView::show(std::shared_ptr<const Run> run) {
    if (isSameRun(run.get())) { // measured meanwhile: nobody's zoom or slider need to start anew
        m_run = std::move(run);
        forgetEvaluation();
        Q_EMIT metricsChanged();
        return;
    }
    endLive();
    m_run = std::move(run);
    m_reports = m_run ? m_run->record.layers : std::vector<MatrixReport>();
    m_statistics = m_run ? m_run->statistics : Statistics();
    m_arrays.clear();
    m_cachedFloats = 0;
    forgetEvaluation();
    m_sensitivity.reset();
    m_sensitivityTried = false;
    reindex();
    Q_EMIT runChanged();
}

void RunView::beginLive(const QString& modelName, const QString& scheme, int layers) {
    show(nullptr);
    m_live = true;
    m_liveTitle = modelName + QStringLiteral(" · ") + scheme;
    m_liveLayers = layers;
    Q_EMIT runChanged();
}

void RunView::addReport(const MatrixReport& report) {
    if (!m_live) return;
    const QString name = QString::fromStdString(report.name);
    if (const auto known = m_index.constFind(name); known != m_index.constEnd()) {
        m_reports[*known] = report;
    } else {
        m_index.insert(name, m_reports.size());
        m_reports.push_back(report);
    }
    grow();
}

void RunView::useStatistics(const Statistics& statistics) {
    if (!m_live) return;
    m_statistics = statistics;
    // Only what was absent may have come into being.
    for (auto it = m_arrays.begin(); it != m_arrays.end();) it = (*it)->empty() ? m_arrays.erase(it) : std::next(it);
    grow();
}

void RunView::grow() {
    if (!m_growth.isActive()) m_growth.start();
}

void RunView::endLive() {
    m_live = false;
    m_growth.stop(); // what is shown next says so itself
}

} // namespace octavo::gui
