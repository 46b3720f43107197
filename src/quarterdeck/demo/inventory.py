"""Devices one finds in such companies, and what monitoring says about them."""

from dataclasses import dataclass

from quarterdeck.desk.alerts import Category, Severity


@dataclass(frozen=True)
class Model:
    vendor: str
    name: str
    processor: str
    cores: int
    memory_gib: tuple[int, ...]
    disk_gib: tuple[int, ...]
    price: int


DESKTOPS = (
    Model("Dell Inc.", "OptiPlex 7010", "Intel Core i5-13500", 14, (16,), (512,), 949),
    Model("Dell Inc.", "OptiPlex 3080", "Intel Core i5-10500", 6, (8, 16), (256, 512), 729),
    Model("HP", "EliteDesk 800 G6", "Intel Core i7-10700", 8, (16,), (512,), 899),
    Model("HP", "ProDesk 405 G8", "AMD Ryzen 5 5600G", 6, (8, 16), (256,), 649),
    Model("LENOVO", "ThinkCentre M70q Gen 3", "Intel Core i5-12400T", 6, (16,), (512,), 799),
)
LAPTOPS = (
    Model("Dell Inc.", "Latitude 5440", "Intel Core i5-1345U", 10, (16,), (512,), 1279),
    Model("HP", "EliteBook 840 G9", "Intel Core i7-1255U", 10, (16, 32), (512,), 1449),
    Model("LENOVO", "ThinkPad T14 Gen 4", "AMD Ryzen 7 PRO 7840U", 8, (16, 32), (512, 1024), 1389),
    Model("LENOVO", "ThinkPad E15", "Intel Core i5-10210U", 4, (8,), (256,), 829),
    Model("Apple Inc.", "MacBook Air (M2, 2022)", "Apple M2", 8, (8, 16), (256, 512), 1199),
)
SERVERS = (
    Model("Dell Inc.", "PowerEdge T350", "Intel Xeon E-2336", 6, (32, 64), (2048, 4096), 3480),
    Model("HPE", "ProLiant ML110 Gen10", "Intel Xeon Silver 4208", 8, (32, 64), (2048, 8192), 3950),
)

# Name, version, build.
WINDOWS = (
    ("Microsoft Windows 11 Pro", "23H2", "22631.4317"),
    ("Microsoft Windows 11 Pro", "24H2", "26100.2033"),
    ("Microsoft Windows 10 Pro", "22H2", "19045.5011"),
)
WINDOWS_SERVER = (
    ("Microsoft Windows Server 2019 Standard", "1809", "17763.6414"),
    ("Microsoft Windows Server 2022 Standard", "21H2", "20348.2762"),
)
MACOS = ("macOS 14 Sonoma", "14.7", "23H124")
OFFICES = ("Microsoft 365 Apps for business", "Microsoft 365 Apps for business", "Office Home and Business 2021")
AGENT_VERSION = "1.9.4.2"


@dataclass(frozen=True)
class Report:
    """An alert as monitoring words it. Braces hold figures that differ each time."""

    title: str
    message: str
    severity: Severity
    category: Category
    code: int
    on_server: bool = False


WARNINGS = (
    Report("CPU over 95% for 15 minutes", "Processor load has been {high}% on average since {clock}.",
            Severity.WARNING, Category.PERFORMANCE, 101),
    Report("Memory almost used up", "{high}% of memory is in use. Largest process: {process}.",
            Severity.WARNING, Category.PERFORMANCE, 102),
    Report("Disk C: is {high}% full", "{left} GB left on C:.",
            Severity.WARNING, Category.DISK, 201),
    Report("Disk health: reallocated sectors", "The system disk reports {low} reallocated sectors.",
            Severity.CRITICAL, Category.HARDWARE, 301),
    Report("Not seen for 7 days", "The agent last reported on {clock} a week ago.",
            Severity.INFORMATION, Category.AVAILABILITY, 401),
    Report("Antivirus signatures are out of date", "Definitions are {low} days old.",
            Severity.WARNING, Category.GENERAL, 501),
    Report("Restart pending for {low} days", "Updates are installed and wait for a restart.",
            Severity.INFORMATION, Category.GENERAL, 502),
    Report("Failed sign-ins: {low} in 10 minutes", "Account locked by policy at {clock}.",
            Severity.WARNING, Category.GENERAL, 503),
    Report("System drive temperature {warm} °C", "Above the limit of 60 °C since {clock}.",
            Severity.WARNING, Category.HARDWARE, 302),
    Report("Service stopped: {service}", "The service ended unexpectedly at {clock} and did not restart.",
            Severity.CRITICAL, Category.AVAILABILITY, 402, on_server=True),
    Report("Server restarted unexpectedly", "Event 6008: the previous shutdown at {clock} was unexpected.",
            Severity.CRITICAL, Category.AVAILABILITY, 403, on_server=True),
    Report("Volume D: is {high}% full", "{left} GB left on D:.",
            Severity.WARNING, Category.DISK, 202, on_server=True),
    Report("Backup job finished with warnings", "{low} files were skipped because they were in use.",
            Severity.INFORMATION, Category.GENERAL, 601, on_server=True),
)  # fmt: skip
PROCESSES = ("chrome.exe", "Teams.exe", "OUTLOOK.EXE", "sqlservr.exe", "MsMpEng.exe")
SERVICES = ("Print Spooler", "DNS Server", "SQL Server (MSSQLSERVER)", "Windows Time")
